/** What the issuer gives to those who run the installation; no organization's role does, nor an API key. */
export const operatorPermission = 'everjust:operate'
