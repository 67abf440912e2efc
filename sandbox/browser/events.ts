/** The part of the DevTools protocol's events that is read here. */
export interface Params {
  'Runtime.consoleAPICalled': { type: string; args: RemoteObject[]; stackTrace?: StackTrace }
  'Runtime.exceptionThrown': {
    exceptionDetails: { text: string; url?: string; exception?: RemoteObject; stackTrace?: StackTrace }
  }
  'Log.entryAdded': { entry: { source: string; level: string; text: string } }
  'Network.requestWillBeSent': { requestId: string; request: { url: string; method: string } }
  'Network.responseReceived': { requestId: string; response: { url: string; status: number; mimeType: string } }
  'Network.loadingFinished': { requestId: string }
  'Network.loadingFailed': { requestId: string; errorText: string; canceled?: boolean }
}

export interface RemoteObject {
  value?: unknown
  description?: string
}

export interface StackTrace {
  callFrames: { url: string; lineNumber: number }[]
}
