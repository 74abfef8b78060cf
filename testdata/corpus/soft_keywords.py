match = 1
case = 2
type = 3
_ = match
print(match, case, type)
match(case)
match[case]
match.case = type
match -1
