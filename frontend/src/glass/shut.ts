// What a browser offers and a kiosk does not: menus, dragging, selecting,
// zooming, dropping files. Keys are dealt with in wedge.ts.

const shutEvents = ['contextmenu', 'dragstart', 'dragover', 'drop', 'selectstart', 'gesturestart', 'auxclick'] as const

export function shutBrowserDoors(target: Window): () => void {
  const stop = (event: Event) => event.preventDefault()
  const pinch = (event: TouchEvent) => {
    if (event.touches.length > 1) event.preventDefault()
  }
  for (const name of shutEvents) target.addEventListener(name, stop, { capture: true })
  target.addEventListener('wheel', stop, { capture: true, passive: false })
  target.addEventListener('touchmove', pinch, { capture: true, passive: false })
  return () => {
    for (const name of shutEvents) target.removeEventListener(name, stop, { capture: true })
    target.removeEventListener('wheel', stop, { capture: true })
    target.removeEventListener('touchmove', pinch, { capture: true })
  }
}
