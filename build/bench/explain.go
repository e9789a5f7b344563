package main

func whyRaw(c costs) string    { return "raw" }
func whySQLite(c costs) string { return "sqlite" }

const whyTwoSyncs = "two"
const whyWriters = "w"
const whyStart = "s"
const whyMemory = "m"
