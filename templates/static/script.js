// The behaviour of the page begins here.
document.documentElement.dataset.ready = 'true'
