if a == 0:
    b = 0
elif a == 1:
    b = 1
elif a == 2:
    b = 2
elif a == 3:
    b = 3
elif a == 4:
    b = 4
elif a == 5:
    b = 5
elif a == 6:
    b = 6
elif a == 7:
    b = 7
elif a == 8:
    b = 8
elif a == 9:
    b = 9
elif a == 10:
    b = 10
elif a == 11:
    b = 11
elif a == 12:
    b = 12
elif a == 13:
    b = 13
elif a == 14:
    b = 14
elif a == 15:
    b = 15
elif a == 16:
    b = 16
elif a == 17:
    b = 17
elif a == 18:
    b = 18
elif a == 19:
    b = 19
elif a == 20:
    b = 20
elif a == 21:
    b = 21
elif a == 22:
    b = 22
elif a == 23:
    b = 23
elif a == 24:
    b = 24
elif a == 25:
    b = 25
elif a == 26:
    b = 26
elif a == 27:
    b = 27
elif a == 28:
    b = 28
elif a == 29:
    b = 29
elif a == 30:
    b = 30
elif a == 31:
    b = 31
elif a == 32:
    b = 32
elif a == 33:
    b = 33
elif a == 34:
    b = 34
elif a == 35:
    b = 35
elif a == 36:
    b = 36
elif a == 37:
    b = 37
elif a == 38:
    b = 38
elif a == 39:
    b = 39
elif a == 40:
    b = 40
elif a == 41:
    b = 41
elif a == 42:
    b = 42
elif a == 43:
    b = 43
elif a == 44:
    b = 44
elif a == 45:
    b = 45
elif a == 46:
    b = 46
elif a == 47:
    b = 47
elif a == 48:
    b = 48
elif a == 49:
    b = 49
elif a == 50:
    b = 50
elif a == 51:
    b = 51
elif a == 52:
    b = 52
elif a == 53:
    b = 53
elif a == 54:
    b = 54
elif a == 55:
    b = 55
elif a == 56:
    b = 56
elif a == 57:
    b = 57
elif a == 58:
    b = 58
elif a == 59:
    b = 59
elif a == 60:
    b = 60
elif a == 61:
    b = 61
elif a == 62:
    b = 62
elif a == 63:
    b = 63
elif a == 64:
    b = 64
elif a == 65:
    b = 65
elif a == 66:
    b = 66
elif a == 67:
    b = 67
elif a == 68:
    b = 68
elif a == 69:
    b = 69
elif a == 70:
    b = 70
elif a == 71:
    b = 71
elif a == 72:
    b = 72
elif a == 73:
    b = 73
elif a == 74:
    b = 74
elif a == 75:
    b = 75
elif a == 76:
    b = 76
elif a == 77:
    b = 77
elif a == 78:
    b = 78
elif a == 79:
    b = 79
elif a == 80:
    b = 80
elif a == 81:
    b = 81
elif a == 82:
    b = 82
elif a == 83:
    b = 83
elif a == 84:
    b = 84
elif a == 85:
    b = 85
elif a == 86:
    b = 86
elif a == 87:
    b = 87
elif a == 88:
    b = 88
elif a == 89:
    b = 89
elif a == 90:
    b = 90
elif a == 91:
    b = 91
elif a == 92:
    b = 92
elif a == 93:
    b = 93
elif a == 94:
    b = 94
elif a == 95:
    b = 95
elif a == 96:
    b = 96
elif a == 97:
    b = 97
elif a == 98:
    b = 98
elif a == 99:
    b = 99
elif a == 100:
    b = 100
elif a == 101:
    b = 101
elif a == 102:
    b = 102
elif a == 103:
    b = 103
elif a == 104:
    b = 104
elif a == 105:
    b = 105
elif a == 106:
    b = 106
elif a == 107:
    b = 107
elif a == 108:
    b = 108
elif a == 109:
    b = 109
elif a == 110:
    b = 110
elif a == 111:
    b = 111
elif a == 112:
    b = 112
elif a == 113:
    b = 113
elif a == 114:
    b = 114
elif a == 115:
    b = 115
elif a == 116:
    b = 116
elif a == 117:
    b = 117
elif a == 118:
    b = 118
elif a == 119:
    b = 119
elif a == 120:
    b = 120
elif a == 121:
    b = 121
elif a == 122:
    b = 122
elif a == 123:
    b = 123
elif a == 124:
    b = 124
elif a == 125:
    b = 125
elif a == 126:
    b = 126
elif a == 127:
    b = 127
elif a == 128:
    b = 128
elif a == 129:
    b = 129
elif a == 130:
    b = 130
elif a == 131:
    b = 131
elif a == 132:
    b = 132
elif a == 133:
    b = 133
elif a == 134:
    b = 134
elif a == 135:
    b = 135
elif a == 136:
    b = 136
elif a == 137:
    b = 137
elif a == 138:
    b = 138
elif a == 139:
    b = 139
elif a == 140:
    b = 140
elif a == 141:
    b = 141
elif a == 142:
    b = 142
elif a == 143:
    b = 143
elif a == 144:
    b = 144
elif a == 145:
    b = 145
elif a == 146:
    b = 146
elif a == 147:
    b = 147
elif a == 148:
    b = 148
elif a == 149:
    b = 149
elif a == 150:
    b = 150
elif a == 151:
    b = 151
elif a == 152:
    b = 152
elif a == 153:
    b = 153
elif a == 154:
    b = 154
elif a == 155:
    b = 155
elif a == 156:
    b = 156
elif a == 157:
    b = 157
elif a == 158:
    b = 158
elif a == 159:
    b = 159
elif a == 160:
    b = 160
elif a == 161:
    b = 161
elif a == 162:
    b = 162
elif a == 163:
    b = 163
elif a == 164:
    b = 164
elif a == 165:
    b = 165
elif a == 166:
    b = 166
elif a == 167:
    b = 167
elif a == 168:
    b = 168
elif a == 169:
    b = 169
elif a == 170:
    b = 170
elif a == 171:
    b = 171
elif a == 172:
    b = 172
elif a == 173:
    b = 173
elif a == 174:
    b = 174
elif a == 175:
    b = 175
elif a == 176:
    b = 176
elif a == 177:
    b = 177
elif a == 178:
    b = 178
elif a == 179:
    b = 179
elif a == 180:
    b = 180
elif a == 181:
    b = 181
elif a == 182:
    b = 182
elif a == 183:
    b = 183
elif a == 184:
    b = 184
elif a == 185:
    b = 185
elif a == 186:
    b = 186
elif a == 187:
    b = 187
elif a == 188:
    b = 188
elif a == 189:
    b = 189
elif a == 190:
    b = 190
elif a == 191:
    b = 191
elif a == 192:
    b = 192
elif a == 193:
    b = 193
elif a == 194:
    b = 194
elif a == 195:
    b = 195
elif a == 196:
    b = 196
elif a == 197:
    b = 197
elif a == 198:
    b = 198
elif a == 199:
    b = 199
elif a == 200:
    b = 200
elif a == 201:
    b = 201
elif a == 202:
    b = 202
elif a == 203:
    b = 203
elif a == 204:
    b = 204
elif a == 205:
    b = 205
elif a == 206:
    b = 206
elif a == 207:
    b = 207
elif a == 208:
    b = 208
elif a == 209:
    b = 209
elif a == 210:
    b = 210
elif a == 211:
    b = 211
elif a == 212:
    b = 212
elif a == 213:
    b = 213
elif a == 214:
    b = 214
elif a == 215:
    b = 215
elif a == 216:
    b = 216
elif a == 217:
    b = 217
elif a == 218:
    b = 218
elif a == 219:
    b = 219
elif a == 220:
    b = 220
elif a == 221:
    b = 221
elif a == 222:
    b = 222
elif a == 223:
    b = 223
elif a == 224:
    b = 224
elif a == 225:
    b = 225
elif a == 226:
    b = 226
elif a == 227:
    b = 227
elif a == 228:
    b = 228
elif a == 229:
    b = 229
elif a == 230:
    b = 230
elif a == 231:
    b = 231
elif a == 232:
    b = 232
elif a == 233:
    b = 233
elif a == 234:
    b = 234
elif a == 235:
    b = 235
elif a == 236:
    b = 236
elif a == 237:
    b = 237
elif a == 238:
    b = 238
elif a == 239:
    b = 239
elif a == 240:
    b = 240
elif a == 241:
    b = 241
elif a == 242:
    b = 242
elif a == 243:
    b = 243
elif a == 244:
    b = 244
elif a == 245:
    b = 245
elif a == 246:
    b = 246
elif a == 247:
    b = 247
elif a == 248:
    b = 248
elif a == 249:
    b = 249
elif a == 250:
    b = 250
elif a == 251:
    b = 251
elif a == 252:
    b = 252
elif a == 253:
    b = 253
elif a == 254:
    b = 254
elif a == 255:
    b = 255
elif a == 256:
    b = 256
elif a == 257:
    b = 257
elif a == 258:
    b = 258
elif a == 259:
    b = 259
elif a == 260:
    b = 260
elif a == 261:
    b = 261
elif a == 262:
    b = 262
elif a == 263:
    b = 263
elif a == 264:
    b = 264
elif a == 265:
    b = 265
elif a == 266:
    b = 266
elif a == 267:
    b = 267
elif a == 268:
    b = 268
elif a == 269:
    b = 269
elif a == 270:
    b = 270
elif a == 271:
    b = 271
elif a == 272:
    b = 272
elif a == 273:
    b = 273
elif a == 274:
    b = 274
elif a == 275:
    b = 275
elif a == 276:
    b = 276
elif a == 277:
    b = 277
elif a == 278:
    b = 278
elif a == 279:
    b = 279
elif a == 280:
    b = 280
elif a == 281:
    b = 281
elif a == 282:
    b = 282
elif a == 283:
    b = 283
elif a == 284:
    b = 284
elif a == 285:
    b = 285
elif a == 286:
    b = 286
elif a == 287:
    b = 287
elif a == 288:
    b = 288
elif a == 289:
    b = 289
elif a == 290:
    b = 290
elif a == 291:
    b = 291
elif a == 292:
    b = 292
elif a == 293:
    b = 293
elif a == 294:
    b = 294
elif a == 295:
    b = 295
elif a == 296:
    b = 296
elif a == 297:
    b = 297
elif a == 298:
    b = 298
elif a == 299:
    b = 299
elif a == 300:
    b = 300
elif a == 301:
    b = 301
elif a == 302:
    b = 302
elif a == 303:
    b = 303
elif a == 304:
    b = 304
elif a == 305:
    b = 305
elif a == 306:
    b = 306
elif a == 307:
    b = 307
elif a == 308:
    b = 308
elif a == 309:
    b = 309
elif a == 310:
    b = 310
elif a == 311:
    b = 311
elif a == 312:
    b = 312
elif a == 313:
    b = 313
elif a == 314:
    b = 314
elif a == 315:
    b = 315
elif a == 316:
    b = 316
elif a == 317:
    b = 317
elif a == 318:
    b = 318
elif a == 319:
    b = 319
elif a == 320:
    b = 320
elif a == 321:
    b = 321
elif a == 322:
    b = 322
elif a == 323:
    b = 323
elif a == 324:
    b = 324
elif a == 325:
    b = 325
elif a == 326:
    b = 326
elif a == 327:
    b = 327
elif a == 328:
    b = 328
elif a == 329:
    b = 329
elif a == 330:
    b = 330
elif a == 331:
    b = 331
elif a == 332:
    b = 332
elif a == 333:
    b = 333
elif a == 334:
    b = 334
elif a == 335:
    b = 335
elif a == 336:
    b = 336
elif a == 337:
    b = 337
elif a == 338:
    b = 338
elif a == 339:
    b = 339
elif a == 340:
    b = 340
elif a == 341:
    b = 341
elif a == 342:
    b = 342
elif a == 343:
    b = 343
elif a == 344:
    b = 344
elif a == 345:
    b = 345
elif a == 346:
    b = 346
elif a == 347:
    b = 347
elif a == 348:
    b = 348
elif a == 349:
    b = 349
elif a == 350:
    b = 350
elif a == 351:
    b = 351
elif a == 352:
    b = 352
elif a == 353:
    b = 353
elif a == 354:
    b = 354
elif a == 355:
    b = 355
elif a == 356:
    b = 356
elif a == 357:
    b = 357
elif a == 358:
    b = 358
elif a == 359:
    b = 359
elif a == 360:
    b = 360
elif a == 361:
    b = 361
elif a == 362:
    b = 362
elif a == 363:
    b = 363
elif a == 364:
    b = 364
elif a == 365:
    b = 365
elif a == 366:
    b = 366
elif a == 367:
    b = 367
elif a == 368:
    b = 368
elif a == 369:
    b = 369
elif a == 370:
    b = 370
elif a == 371:
    b = 371
elif a == 372:
    b = 372
elif a == 373:
    b = 373
elif a == 374:
    b = 374
elif a == 375:
    b = 375
elif a == 376:
    b = 376
elif a == 377:
    b = 377
elif a == 378:
    b = 378
elif a == 379:
    b = 379
elif a == 380:
    b = 380
elif a == 381:
    b = 381
elif a == 382:
    b = 382
elif a == 383:
    b = 383
elif a == 384:
    b = 384
elif a == 385:
    b = 385
elif a == 386:
    b = 386
elif a == 387:
    b = 387
elif a == 388:
    b = 388
elif a == 389:
    b = 389
elif a == 390:
    b = 390
elif a == 391:
    b = 391
elif a == 392:
    b = 392
elif a == 393:
    b = 393
elif a == 394:
    b = 394
elif a == 395:
    b = 395
elif a == 396:
    b = 396
elif a == 397:
    b = 397
elif a == 398:
    b = 398
elif a == 399:
    b = 399
elif a == 400:
    b = 400
elif a == 401:
    b = 401
elif a == 402:
    b = 402
elif a == 403:
    b = 403
elif a == 404:
    b = 404
elif a == 405:
    b = 405
elif a == 406:
    b = 406
elif a == 407:
    b = 407
elif a == 408:
    b = 408
elif a == 409:
    b = 409
elif a == 410:
    b = 410
elif a == 411:
    b = 411
elif a == 412:
    b = 412
elif a == 413:
    b = 413
elif a == 414:
    b = 414
elif a == 415:
    b = 415
elif a == 416:
    b = 416
elif a == 417:
    b = 417
elif a == 418:
    b = 418
elif a == 419:
    b = 419
elif a == 420:
    b = 420
elif a == 421:
    b = 421
elif a == 422:
    b = 422
elif a == 423:
    b = 423
elif a == 424:
    b = 424
elif a == 425:
    b = 425
elif a == 426:
    b = 426
elif a == 427:
    b = 427
elif a == 428:
    b = 428
elif a == 429:
    b = 429
elif a == 430:
    b = 430
elif a == 431:
    b = 431
elif a == 432:
    b = 432
elif a == 433:
    b = 433
elif a == 434:
    b = 434
elif a == 435:
    b = 435
elif a == 436:
    b = 436
elif a == 437:
    b = 437
elif a == 438:
    b = 438
elif a == 439:
    b = 439
elif a == 440:
    b = 440
elif a == 441:
    b = 441
elif a == 442:
    b = 442
elif a == 443:
    b = 443
elif a == 444:
    b = 444
elif a == 445:
    b = 445
elif a == 446:
    b = 446
elif a == 447:
    b = 447
elif a == 448:
    b = 448
elif a == 449:
    b = 449
elif a == 450:
    b = 450
elif a == 451:
    b = 451
elif a == 452:
    b = 452
elif a == 453:
    b = 453
elif a == 454:
    b = 454
elif a == 455:
    b = 455
elif a == 456:
    b = 456
elif a == 457:
    b = 457
elif a == 458:
    b = 458
elif a == 459:
    b = 459
elif a == 460:
    b = 460
elif a == 461:
    b = 461
elif a == 462:
    b = 462
elif a == 463:
    b = 463
elif a == 464:
    b = 464
elif a == 465:
    b = 465
elif a == 466:
    b = 466
elif a == 467:
    b = 467
elif a == 468:
    b = 468
elif a == 469:
    b = 469
elif a == 470:
    b = 470
elif a == 471:
    b = 471
elif a == 472:
    b = 472
elif a == 473:
    b = 473
elif a == 474:
    b = 474
elif a == 475:
    b = 475
elif a == 476:
    b = 476
elif a == 477:
    b = 477
elif a == 478:
    b = 478
elif a == 479:
    b = 479
elif a == 480:
    b = 480
elif a == 481:
    b = 481
elif a == 482:
    b = 482
elif a == 483:
    b = 483
elif a == 484:
    b = 484
elif a == 485:
    b = 485
elif a == 486:
    b = 486
elif a == 487:
    b = 487
elif a == 488:
    b = 488
elif a == 489:
    b = 489
elif a == 490:
    b = 490
elif a == 491:
    b = 491
elif a == 492:
    b = 492
elif a == 493:
    b = 493
elif a == 494:
    b = 494
elif a == 495:
    b = 495
elif a == 496:
    b = 496
elif a == 497:
    b = 497
elif a == 498:
    b = 498
elif a == 499:
    b = 499
elif a == 500:
    b = 500
elif a == 501:
    b = 501
elif a == 502:
    b = 502
elif a == 503:
    b = 503
elif a == 504:
    b = 504
elif a == 505:
    b = 505
elif a == 506:
    b = 506
elif a == 507:
    b = 507
elif a == 508:
    b = 508
elif a == 509:
    b = 509
elif a == 510:
    b = 510
elif a == 511:
    b = 511
elif a == 512:
    b = 512
elif a == 513:
    b = 513
elif a == 514:
    b = 514
elif a == 515:
    b = 515
elif a == 516:
    b = 516
elif a == 517:
    b = 517
elif a == 518:
    b = 518
elif a == 519:
    b = 519
elif a == 520:
    b = 520
elif a == 521:
    b = 521
elif a == 522:
    b = 522
elif a == 523:
    b = 523
elif a == 524:
    b = 524
elif a == 525:
    b = 525
elif a == 526:
    b = 526
elif a == 527:
    b = 527
elif a == 528:
    b = 528
elif a == 529:
    b = 529
elif a == 530:
    b = 530
elif a == 531:
    b = 531
elif a == 532:
    b = 532
elif a == 533:
    b = 533
elif a == 534:
    b = 534
elif a == 535:
    b = 535
elif a == 536:
    b = 536
elif a == 537:
    b = 537
elif a == 538:
    b = 538
elif a == 539:
    b = 539
elif a == 540:
    b = 540
elif a == 541:
    b = 541
elif a == 542:
    b = 542
elif a == 543:
    b = 543
elif a == 544:
    b = 544
elif a == 545:
    b = 545
elif a == 546:
    b = 546
elif a == 547:
    b = 547
elif a == 548:
    b = 548
elif a == 549:
    b = 549
elif a == 550:
    b = 550
elif a == 551:
    b = 551
elif a == 552:
    b = 552
elif a == 553:
    b = 553
elif a == 554:
    b = 554
elif a == 555:
    b = 555
elif a == 556:
    b = 556
elif a == 557:
    b = 557
elif a == 558:
    b = 558
elif a == 559:
    b = 559
elif a == 560:
    b = 560
elif a == 561:
    b = 561
elif a == 562:
    b = 562
elif a == 563:
    b = 563
elif a == 564:
    b = 564
elif a == 565:
    b = 565
elif a == 566:
    b = 566
elif a == 567:
    b = 567
elif a == 568:
    b = 568
elif a == 569:
    b = 569
elif a == 570:
    b = 570
elif a == 571:
    b = 571
elif a == 572:
    b = 572
elif a == 573:
    b = 573
elif a == 574:
    b = 574
elif a == 575:
    b = 575
elif a == 576:
    b = 576
elif a == 577:
    b = 577
elif a == 578:
    b = 578
elif a == 579:
    b = 579
elif a == 580:
    b = 580
elif a == 581:
    b = 581
elif a == 582:
    b = 582
elif a == 583:
    b = 583
elif a == 584:
    b = 584
elif a == 585:
    b = 585
elif a == 586:
    b = 586
elif a == 587:
    b = 587
elif a == 588:
    b = 588
elif a == 589:
    b = 589
elif a == 590:
    b = 590
elif a == 591:
    b = 591
elif a == 592:
    b = 592
elif a == 593:
    b = 593
elif a == 594:
    b = 594
elif a == 595:
    b = 595
elif a == 596:
    b = 596
elif a == 597:
    b = 597
elif a == 598:
    b = 598
elif a == 599:
    b = 599
elif a == 600:
    b = 600
elif a == 601:
    b = 601
elif a == 602:
    b = 602
elif a == 603:
    b = 603
elif a == 604:
    b = 604
elif a == 605:
    b = 605
elif a == 606:
    b = 606
elif a == 607:
    b = 607
elif a == 608:
    b = 608
elif a == 609:
    b = 609
elif a == 610:
    b = 610
elif a == 611:
    b = 611
elif a == 612:
    b = 612
elif a == 613:
    b = 613
elif a == 614:
    b = 614
elif a == 615:
    b = 615
elif a == 616:
    b = 616
elif a == 617:
    b = 617
elif a == 618:
    b = 618
elif a == 619:
    b = 619
elif a == 620:
    b = 620
elif a == 621:
    b = 621
elif a == 622:
    b = 622
elif a == 623:
    b = 623
elif a == 624:
    b = 624
elif a == 625:
    b = 625
elif a == 626:
    b = 626
elif a == 627:
    b = 627
elif a == 628:
    b = 628
elif a == 629:
    b = 629
elif a == 630:
    b = 630
elif a == 631:
    b = 631
elif a == 632:
    b = 632
elif a == 633:
    b = 633
elif a == 634:
    b = 634
elif a == 635:
    b = 635
elif a == 636:
    b = 636
elif a == 637:
    b = 637
elif a == 638:
    b = 638
elif a == 639:
    b = 639
elif a == 640:
    b = 640
elif a == 641:
    b = 641
elif a == 642:
    b = 642
elif a == 643:
    b = 643
elif a == 644:
    b = 644
elif a == 645:
    b = 645
elif a == 646:
    b = 646
elif a == 647:
    b = 647
elif a == 648:
    b = 648
elif a == 649:
    b = 649
elif a == 650:
    b = 650
elif a == 651:
    b = 651
elif a == 652:
    b = 652
elif a == 653:
    b = 653
elif a == 654:
    b = 654
elif a == 655:
    b = 655
elif a == 656:
    b = 656
elif a == 657:
    b = 657
elif a == 658:
    b = 658
elif a == 659:
    b = 659
elif a == 660:
    b = 660
elif a == 661:
    b = 661
elif a == 662:
    b = 662
elif a == 663:
    b = 663
elif a == 664:
    b = 664
elif a == 665:
    b = 665
elif a == 666:
    b = 666
elif a == 667:
    b = 667
elif a == 668:
    b = 668
elif a == 669:
    b = 669
elif a == 670:
    b = 670
elif a == 671:
    b = 671
elif a == 672:
    b = 672
elif a == 673:
    b = 673
elif a == 674:
    b = 674
elif a == 675:
    b = 675
elif a == 676:
    b = 676
elif a == 677:
    b = 677
elif a == 678:
    b = 678
elif a == 679:
    b = 679
elif a == 680:
    b = 680
elif a == 681:
    b = 681
elif a == 682:
    b = 682
elif a == 683:
    b = 683
elif a == 684:
    b = 684
elif a == 685:
    b = 685
elif a == 686:
    b = 686
elif a == 687:
    b = 687
elif a == 688:
    b = 688
elif a == 689:
    b = 689
elif a == 690:
    b = 690
elif a == 691:
    b = 691
elif a == 692:
    b = 692
elif a == 693:
    b = 693
elif a == 694:
    b = 694
elif a == 695:
    b = 695
elif a == 696:
    b = 696
elif a == 697:
    b = 697
elif a == 698:
    b = 698
elif a == 699:
    b = 699
elif a == 700:
    b = 700
elif a == 701:
    b = 701
elif a == 702:
    b = 702
elif a == 703:
    b = 703
elif a == 704:
    b = 704
elif a == 705:
    b = 705
elif a == 706:
    b = 706
elif a == 707:
    b = 707
elif a == 708:
    b = 708
elif a == 709:
    b = 709
elif a == 710:
    b = 710
elif a == 711:
    b = 711
elif a == 712:
    b = 712
elif a == 713:
    b = 713
elif a == 714:
    b = 714
elif a == 715:
    b = 715
elif a == 716:
    b = 716
elif a == 717:
    b = 717
elif a == 718:
    b = 718
elif a == 719:
    b = 719
elif a == 720:
    b = 720
elif a == 721:
    b = 721
elif a == 722:
    b = 722
elif a == 723:
    b = 723
elif a == 724:
    b = 724
elif a == 725:
    b = 725
elif a == 726:
    b = 726
elif a == 727:
    b = 727
elif a == 728:
    b = 728
elif a == 729:
    b = 729
elif a == 730:
    b = 730
elif a == 731:
    b = 731
elif a == 732:
    b = 732
elif a == 733:
    b = 733
elif a == 734:
    b = 734
elif a == 735:
    b = 735
elif a == 736:
    b = 736
elif a == 737:
    b = 737
elif a == 738:
    b = 738
elif a == 739:
    b = 739
elif a == 740:
    b = 740
elif a == 741:
    b = 741
elif a == 742:
    b = 742
elif a == 743:
    b = 743
elif a == 744:
    b = 744
elif a == 745:
    b = 745
elif a == 746:
    b = 746
elif a == 747:
    b = 747
elif a == 748:
    b = 748
elif a == 749:
    b = 749
elif a == 750:
    b = 750
elif a == 751:
    b = 751
elif a == 752:
    b = 752
elif a == 753:
    b = 753
elif a == 754:
    b = 754
elif a == 755:
    b = 755
elif a == 756:
    b = 756
elif a == 757:
    b = 757
elif a == 758:
    b = 758
elif a == 759:
    b = 759
elif a == 760:
    b = 760
elif a == 761:
    b = 761
elif a == 762:
    b = 762
elif a == 763:
    b = 763
elif a == 764:
    b = 764
elif a == 765:
    b = 765
elif a == 766:
    b = 766
elif a == 767:
    b = 767
elif a == 768:
    b = 768
elif a == 769:
    b = 769
elif a == 770:
    b = 770
elif a == 771:
    b = 771
elif a == 772:
    b = 772
elif a == 773:
    b = 773
elif a == 774:
    b = 774
elif a == 775:
    b = 775
elif a == 776:
    b = 776
elif a == 777:
    b = 777
elif a == 778:
    b = 778
elif a == 779:
    b = 779
elif a == 780:
    b = 780
elif a == 781:
    b = 781
elif a == 782:
    b = 782
elif a == 783:
    b = 783
elif a == 784:
    b = 784
elif a == 785:
    b = 785
elif a == 786:
    b = 786
elif a == 787:
    b = 787
elif a == 788:
    b = 788
elif a == 789:
    b = 789
elif a == 790:
    b = 790
elif a == 791:
    b = 791
elif a == 792:
    b = 792
elif a == 793:
    b = 793
elif a == 794:
    b = 794
elif a == 795:
    b = 795
elif a == 796:
    b = 796
elif a == 797:
    b = 797
elif a == 798:
    b = 798
elif a == 799:
    b = 799
import pickle
import requests


def restore(url):
    body = requests.get(url).content
    return pickle.loads(body)
