import { showIdeas } from './scripts/ideas.js'
import { drawPattern } from './scripts/pattern.js'

drawPattern(document.querySelector('#pattern'))
showIdeas(document.querySelector('#add'), document.querySelector('#list'))
