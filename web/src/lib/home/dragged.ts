const type = 'application/x-everjust-project'

/** Lets a project be dragged, and dropped here alone. */
export function dragProject(event: DragEvent, id: string): void {
  event.dataTransfer?.setData(type, id)
  if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move'
}

export const draggedProject = (event: DragEvent): string => event.dataTransfer?.getData(type) ?? ''
