//go:build !dev

package app

// developmentBuild: the page comes from a development server.
const developmentBuild = false
