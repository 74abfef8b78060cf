package syntax

// A Kind is the grammar symbol of a Node. Named symbols (statements, expressions, identifiers …) are Kind…, anonymous
// ones (keywords, operators, punctuation) are Tok…. The values are ours: they do not change when the grammar package
// is updated and its symbol numbers move. New kinds are added at the end of their block.
type Kind uint16

// Kinds of named nodes. KindInvalid never occurs in a Tree; KindOther stands for a symbol this list does not know.
const (
	KindInvalid Kind = iota
	KindOther
	KindError // what the parser skipped to go on; may have children
	KindAliasedImport
	KindArgumentList
	KindAsPattern
	KindAsPatternTarget
	KindAssertStatement
	KindAssignment
	KindAttribute
	KindAugmentedAssignment
	KindAwait
	KindBinaryOperator
	KindBlock
	KindBooleanOperator
	KindBreakStatement
	KindCall
	KindCaseClause
	KindCasePattern
	KindChevron
	KindClassDefinition
	KindClassPattern
	KindComment
	KindComparisonOperator
	KindComplexPattern
	KindConcatenatedString
	KindConditionalExpression
	KindConstrainedType
	KindContinueStatement
	KindDecoratedDefinition
	KindDecorator
	KindDefaultParameter
	KindDeleteStatement
	KindDictPattern
	KindDictionary
	KindDictionaryComprehension
	KindDictionarySplat
	KindDictionarySplatPattern
	KindDottedName
	KindElifClause
	KindEllipsis
	KindElseClause
	KindEscapeInterpolation
	KindEscapeSequence
	KindExceptClause
	KindExceptGroupClause
	KindExecStatement
	KindExpressionList
	KindExpressionStatement
	KindFalse
	KindFinallyClause
	KindFloat
	KindForInClause
	KindForStatement
	KindFormatExpression
	KindFormatSpecifier
	KindFunctionDefinition
	KindFutureImportStatement
	KindGeneratorExpression
	KindGenericType
	KindGlobalStatement
	KindIdentifier
	KindIfClause
	KindIfStatement
	KindImportFromStatement
	KindImportPrefix
	KindImportStatement
	KindInteger
	KindInterpolation
	KindKeywordArgument
	KindKeywordPattern
	KindKeywordSeparator
	KindLambda
	KindLambdaParameters
	KindLineContinuation
	KindList
	KindListComprehension
	KindListPattern
	KindListSplat
	KindListSplatPattern
	KindMatchStatement
	KindMemberType
	KindModule
	KindNamedExpression
	KindNone
	KindNonlocalStatement
	KindNotOperator
	KindPair
	KindParameters
	KindParenthesizedExpression
	KindParenthesizedListSplat
	KindPassStatement
	KindPatternList
	KindPositionalSeparator
	KindPrintStatement
	KindRaiseStatement
	KindRelativeImport
	KindReturnStatement
	KindSet
	KindSetComprehension
	KindSlice
	KindSplatPattern
	KindSplatType
	KindString
	KindStringContent
	KindStringEnd
	KindStringStart
	KindSubscript
	KindTrue
	KindTryStatement
	KindTuple
	KindTuplePattern
	KindType
	KindTypeAliasStatement
	KindTypeConversion
	KindTypeParameter
	KindTypedDefaultParameter
	KindTypedParameter
	KindUnaryOperator
	KindUnionPattern
	KindUnionType
	KindWhileStatement
	KindWildcardImport
	KindWithClause
	KindWithItem
	KindWithStatement
	KindYield
)

// tokenBase separates the kinds of tokens from those of named nodes.
const tokenBase Kind = 512

// Kinds of anonymous tokens: keywords, operators, punctuation.
const (
	TokSemicolon        Kind = tokenBase + iota // ;
	TokImport                                   // import
	TokDot                                      // .
	TokFrom                                     // from
	TokDunderFuture                             // __future__
	TokOpenParen                                // (
	TokCloseParen                               // )
	TokComma                                    // ,
	TokAs                                       // as
	TokStar                                     // *
	TokPrint                                    // print
	TokShiftRight                               // >>
	TokAssert                                   // assert
	TokWalrus                                   // :=
	TokReturn                                   // return
	TokDel                                      // del
	TokRaise                                    // raise
	TokPass                                     // pass
	TokBreak                                    // break
	TokContinue                                 // continue
	TokIf                                       // if
	TokColon                                    // :
	TokElif                                     // elif
	TokElse                                     // else
	TokMatch                                    // match
	TokCase                                     // case
	TokAsync                                    // async
	TokFor                                      // for
	TokIn                                       // in
	TokWhile                                    // while
	TokTry                                      // try
	TokExcept                                   // except
	TokExceptStar                               // except*
	TokFinally                                  // finally
	TokWith                                     // with
	TokDef                                      // def
	TokArrow                                    // ->
	TokStarStar                                 // **
	TokGlobal                                   // global
	TokNonlocal                                 // nonlocal
	TokExec                                     // exec
	TokType                                     // type
	TokAssign                                   // =
	TokClass                                    // class
	TokOpenBracket                              // [
	TokCloseBracket                             // ]
	TokAt                                       // @
	TokMinus                                    // -
	TokUnderscore                               // _
	TokPipe                                     // |
	TokOpenBrace                                // {
	TokCloseBrace                               // }
	TokPlus                                     // +
	TokNot                                      // not
	TokAnd                                      // and
	TokOr                                       // or
	TokSlash                                    // /
	TokPercent                                  // %
	TokSlashSlash                               // //
	TokAmpersand                                // &
	TokCaret                                    // ^
	TokShiftLeft                                // <<
	TokTilde                                    // ~
	TokIs                                       // is
	TokLess                                     // <
	TokLessEqual                                // <=
	TokEqual                                    // ==
	TokNotEqual                                 // !=
	TokGreaterEqual                             // >=
	TokGreater                                  // >
	TokOldNotEqual                              // <>
	TokLambda                                   // lambda
	TokPlusAssign                               // +=
	TokMinusAssign                              // -=
	TokStarAssign                               // *=
	TokSlashAssign                              // /=
	TokAtAssign                                 // @=
	TokSlashSlashAssign                         // //=
	TokPercentAssign                            // %=
	TokStarStarAssign                           // **=
	TokShiftRightAssign                         // >>=
	TokShiftLeftAssign                          // <<=
	TokAmpersandAssign                          // &=
	TokCaretAssign                              // ^=
	TokPipeAssign                               // |=
	TokYield                                    // yield
	TokBackslash                                // \\
	TokAwait                                    // await
	TokNotIn                                    // not in
	TokIsNot                                    // is not
)

// A Field is the role a node has in its parent, as the grammar names it.
type Field uint8

// Fields of the grammar. NoField means the node fills none.
const (
	NoField Field = iota
	FieldAlias
	FieldAlternative
	FieldArgument
	FieldArguments
	FieldAttribute
	FieldBody
	FieldCause
	FieldCode
	FieldCondition
	FieldConsequence
	FieldDefinition
	FieldExpression
	FieldFormatSpecifier
	FieldFunction
	FieldGuard
	FieldKey
	FieldLeft
	FieldModuleName
	FieldName
	FieldObject
	FieldOperator
	FieldOperators
	FieldParameters
	FieldReturnType
	FieldRight
	FieldSubject
	FieldSubscript
	FieldSuperclasses
	FieldType
	FieldTypeConversion
	FieldTypeParameters
	FieldValue
)
