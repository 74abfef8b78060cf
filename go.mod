module github.com/pickletrace/pickletrace

go 1.26.8
