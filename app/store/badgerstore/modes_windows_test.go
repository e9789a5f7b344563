package badgerstore

// modesMatter says whether files have modes that keep others out.
const modesMatter = false
