import pickle
import requests
def f(x, y):
    if y == 0:
        x = x + b"0"
    if y == 1:
        x = x + b"1"
    if y == 2:
        x = x + b"2"
    if y == 3:
        x = x + b"3"
    if y == 4:
        x = x + b"4"
    if y == 5:
        x = x + b"5"
    if y == 6:
        x = x + b"6"
    if y == 7:
        x = x + b"7"
    if y == 8:
        x = x + b"8"
    if y == 9:
        x = x + b"9"
    if y == 10:
        x = x + b"10"
    if y == 11:
        x = x + b"11"
    if y == 12:
        x = x + b"12"
    if y == 13:
        x = x + b"13"
    if y == 14:
        x = x + b"14"
    if y == 15:
        x = x + b"15"
    if y == 16:
        x = x + b"16"
    if y == 17:
        x = x + b"17"
    if y == 18:
        x = x + b"18"
    if y == 19:
        x = x + b"19"
    if y == 20:
        x = x + b"20"
    if y == 21:
        x = x + b"21"
    if y == 22:
        x = x + b"22"
    if y == 23:
        x = x + b"23"
    if y == 24:
        x = x + b"24"
    if y == 25:
        x = x + b"25"
    if y == 26:
        x = x + b"26"
    if y == 27:
        x = x + b"27"
    if y == 28:
        x = x + b"28"
    if y == 29:
        x = x + b"29"
    if y == 30:
        x = x + b"30"
    if y == 31:
        x = x + b"31"
    if y == 32:
        x = x + b"32"
    if y == 33:
        x = x + b"33"
    if y == 34:
        x = x + b"34"
    if y == 35:
        x = x + b"35"
    if y == 36:
        x = x + b"36"
    if y == 37:
        x = x + b"37"
    if y == 38:
        x = x + b"38"
    if y == 39:
        x = x + b"39"
    if y == 40:
        x = x + b"40"
    if y == 41:
        x = x + b"41"
    if y == 42:
        x = x + b"42"
    if y == 43:
        x = x + b"43"
    if y == 44:
        x = x + b"44"
    if y == 45:
        x = x + b"45"
    if y == 46:
        x = x + b"46"
    if y == 47:
        x = x + b"47"
    if y == 48:
        x = x + b"48"
    if y == 49:
        x = x + b"49"
    if y == 50:
        x = x + b"50"
    if y == 51:
        x = x + b"51"
    if y == 52:
        x = x + b"52"
    if y == 53:
        x = x + b"53"
    if y == 54:
        x = x + b"54"
    if y == 55:
        x = x + b"55"
    if y == 56:
        x = x + b"56"
    if y == 57:
        x = x + b"57"
    if y == 58:
        x = x + b"58"
    if y == 59:
        x = x + b"59"
    if y == 60:
        x = x + b"60"
    if y == 61:
        x = x + b"61"
    if y == 62:
        x = x + b"62"
    if y == 63:
        x = x + b"63"
    if y == 64:
        x = x + b"64"
    if y == 65:
        x = x + b"65"
    if y == 66:
        x = x + b"66"
    if y == 67:
        x = x + b"67"
    if y == 68:
        x = x + b"68"
    if y == 69:
        x = x + b"69"
    if y == 70:
        x = x + b"70"
    if y == 71:
        x = x + b"71"
    if y == 72:
        x = x + b"72"
    if y == 73:
        x = x + b"73"
    if y == 74:
        x = x + b"74"
    if y == 75:
        x = x + b"75"
    if y == 76:
        x = x + b"76"
    if y == 77:
        x = x + b"77"
    if y == 78:
        x = x + b"78"
    if y == 79:
        x = x + b"79"
    if y == 80:
        x = x + b"80"
    if y == 81:
        x = x + b"81"
    if y == 82:
        x = x + b"82"
    if y == 83:
        x = x + b"83"
    if y == 84:
        x = x + b"84"
    if y == 85:
        x = x + b"85"
    if y == 86:
        x = x + b"86"
    if y == 87:
        x = x + b"87"
    if y == 88:
        x = x + b"88"
    if y == 89:
        x = x + b"89"
    if y == 90:
        x = x + b"90"
    if y == 91:
        x = x + b"91"
    if y == 92:
        x = x + b"92"
    if y == 93:
        x = x + b"93"
    if y == 94:
        x = x + b"94"
    if y == 95:
        x = x + b"95"
    if y == 96:
        x = x + b"96"
    if y == 97:
        x = x + b"97"
    if y == 98:
        x = x + b"98"
    if y == 99:
        x = x + b"99"
    if y == 100:
        x = x + b"100"
    if y == 101:
        x = x + b"101"
    if y == 102:
        x = x + b"102"
    if y == 103:
        x = x + b"103"
    if y == 104:
        x = x + b"104"
    if y == 105:
        x = x + b"105"
    if y == 106:
        x = x + b"106"
    if y == 107:
        x = x + b"107"
    if y == 108:
        x = x + b"108"
    if y == 109:
        x = x + b"109"
    if y == 110:
        x = x + b"110"
    if y == 111:
        x = x + b"111"
    if y == 112:
        x = x + b"112"
    if y == 113:
        x = x + b"113"
    if y == 114:
        x = x + b"114"
    if y == 115:
        x = x + b"115"
    if y == 116:
        x = x + b"116"
    if y == 117:
        x = x + b"117"
    if y == 118:
        x = x + b"118"
    if y == 119:
        x = x + b"119"
    if y == 120:
        x = x + b"120"
    if y == 121:
        x = x + b"121"
    if y == 122:
        x = x + b"122"
    if y == 123:
        x = x + b"123"
    if y == 124:
        x = x + b"124"
    if y == 125:
        x = x + b"125"
    if y == 126:
        x = x + b"126"
    if y == 127:
        x = x + b"127"
    if y == 128:
        x = x + b"128"
    if y == 129:
        x = x + b"129"
    if y == 130:
        x = x + b"130"
    if y == 131:
        x = x + b"131"
    if y == 132:
        x = x + b"132"
    if y == 133:
        x = x + b"133"
    if y == 134:
        x = x + b"134"
    if y == 135:
        x = x + b"135"
    if y == 136:
        x = x + b"136"
    if y == 137:
        x = x + b"137"
    if y == 138:
        x = x + b"138"
    if y == 139:
        x = x + b"139"
    if y == 140:
        x = x + b"140"
    if y == 141:
        x = x + b"141"
    if y == 142:
        x = x + b"142"
    if y == 143:
        x = x + b"143"
    if y == 144:
        x = x + b"144"
    if y == 145:
        x = x + b"145"
    if y == 146:
        x = x + b"146"
    if y == 147:
        x = x + b"147"
    if y == 148:
        x = x + b"148"
    if y == 149:
        x = x + b"149"
    if y == 150:
        x = x + b"150"
    if y == 151:
        x = x + b"151"
    if y == 152:
        x = x + b"152"
    if y == 153:
        x = x + b"153"
    if y == 154:
        x = x + b"154"
    if y == 155:
        x = x + b"155"
    if y == 156:
        x = x + b"156"
    if y == 157:
        x = x + b"157"
    if y == 158:
        x = x + b"158"
    if y == 159:
        x = x + b"159"
    if y == 160:
        x = x + b"160"
    if y == 161:
        x = x + b"161"
    if y == 162:
        x = x + b"162"
    if y == 163:
        x = x + b"163"
    if y == 164:
        x = x + b"164"
    if y == 165:
        x = x + b"165"
    if y == 166:
        x = x + b"166"
    if y == 167:
        x = x + b"167"
    if y == 168:
        x = x + b"168"
    if y == 169:
        x = x + b"169"
    if y == 170:
        x = x + b"170"
    if y == 171:
        x = x + b"171"
    if y == 172:
        x = x + b"172"
    if y == 173:
        x = x + b"173"
    if y == 174:
        x = x + b"174"
    if y == 175:
        x = x + b"175"
    if y == 176:
        x = x + b"176"
    if y == 177:
        x = x + b"177"
    if y == 178:
        x = x + b"178"
    if y == 179:
        x = x + b"179"
    if y == 180:
        x = x + b"180"
    if y == 181:
        x = x + b"181"
    if y == 182:
        x = x + b"182"
    if y == 183:
        x = x + b"183"
    if y == 184:
        x = x + b"184"
    if y == 185:
        x = x + b"185"
    if y == 186:
        x = x + b"186"
    if y == 187:
        x = x + b"187"
    if y == 188:
        x = x + b"188"
    if y == 189:
        x = x + b"189"
    if y == 190:
        x = x + b"190"
    if y == 191:
        x = x + b"191"
    if y == 192:
        x = x + b"192"
    if y == 193:
        x = x + b"193"
    if y == 194:
        x = x + b"194"
    if y == 195:
        x = x + b"195"
    if y == 196:
        x = x + b"196"
    if y == 197:
        x = x + b"197"
    if y == 198:
        x = x + b"198"
    if y == 199:
        x = x + b"199"
    if y == 200:
        x = x + b"200"
    if y == 201:
        x = x + b"201"
    if y == 202:
        x = x + b"202"
    if y == 203:
        x = x + b"203"
    if y == 204:
        x = x + b"204"
    if y == 205:
        x = x + b"205"
    if y == 206:
        x = x + b"206"
    if y == 207:
        x = x + b"207"
    if y == 208:
        x = x + b"208"
    if y == 209:
        x = x + b"209"
    if y == 210:
        x = x + b"210"
    if y == 211:
        x = x + b"211"
    if y == 212:
        x = x + b"212"
    if y == 213:
        x = x + b"213"
    if y == 214:
        x = x + b"214"
    if y == 215:
        x = x + b"215"
    if y == 216:
        x = x + b"216"
    if y == 217:
        x = x + b"217"
    if y == 218:
        x = x + b"218"
    if y == 219:
        x = x + b"219"
    if y == 220:
        x = x + b"220"
    if y == 221:
        x = x + b"221"
    if y == 222:
        x = x + b"222"
    if y == 223:
        x = x + b"223"
    if y == 224:
        x = x + b"224"
    if y == 225:
        x = x + b"225"
    if y == 226:
        x = x + b"226"
    if y == 227:
        x = x + b"227"
    if y == 228:
        x = x + b"228"
    if y == 229:
        x = x + b"229"
    if y == 230:
        x = x + b"230"
    if y == 231:
        x = x + b"231"
    if y == 232:
        x = x + b"232"
    if y == 233:
        x = x + b"233"
    if y == 234:
        x = x + b"234"
    if y == 235:
        x = x + b"235"
    if y == 236:
        x = x + b"236"
    if y == 237:
        x = x + b"237"
    if y == 238:
        x = x + b"238"
    if y == 239:
        x = x + b"239"
    if y == 240:
        x = x + b"240"
    if y == 241:
        x = x + b"241"
    if y == 242:
        x = x + b"242"
    if y == 243:
        x = x + b"243"
    if y == 244:
        x = x + b"244"
    if y == 245:
        x = x + b"245"
    if y == 246:
        x = x + b"246"
    if y == 247:
        x = x + b"247"
    if y == 248:
        x = x + b"248"
    if y == 249:
        x = x + b"249"
    if y == 250:
        x = x + b"250"
    if y == 251:
        x = x + b"251"
    if y == 252:
        x = x + b"252"
    if y == 253:
        x = x + b"253"
    if y == 254:
        x = x + b"254"
    if y == 255:
        x = x + b"255"
    if y == 256:
        x = x + b"256"
    if y == 257:
        x = x + b"257"
    if y == 258:
        x = x + b"258"
    if y == 259:
        x = x + b"259"
    if y == 260:
        x = x + b"260"
    if y == 261:
        x = x + b"261"
    if y == 262:
        x = x + b"262"
    if y == 263:
        x = x + b"263"
    if y == 264:
        x = x + b"264"
    if y == 265:
        x = x + b"265"
    if y == 266:
        x = x + b"266"
    if y == 267:
        x = x + b"267"
    if y == 268:
        x = x + b"268"
    if y == 269:
        x = x + b"269"
    if y == 270:
        x = x + b"270"
    if y == 271:
        x = x + b"271"
    if y == 272:
        x = x + b"272"
    if y == 273:
        x = x + b"273"
    if y == 274:
        x = x + b"274"
    if y == 275:
        x = x + b"275"
    if y == 276:
        x = x + b"276"
    if y == 277:
        x = x + b"277"
    if y == 278:
        x = x + b"278"
    if y == 279:
        x = x + b"279"
    if y == 280:
        x = x + b"280"
    if y == 281:
        x = x + b"281"
    if y == 282:
        x = x + b"282"
    if y == 283:
        x = x + b"283"
    if y == 284:
        x = x + b"284"
    if y == 285:
        x = x + b"285"
    if y == 286:
        x = x + b"286"
    if y == 287:
        x = x + b"287"
    if y == 288:
        x = x + b"288"
    if y == 289:
        x = x + b"289"
    if y == 290:
        x = x + b"290"
    if y == 291:
        x = x + b"291"
    if y == 292:
        x = x + b"292"
    if y == 293:
        x = x + b"293"
    if y == 294:
        x = x + b"294"
    if y == 295:
        x = x + b"295"
    if y == 296:
        x = x + b"296"
    if y == 297:
        x = x + b"297"
    if y == 298:
        x = x + b"298"
    if y == 299:
        x = x + b"299"
    if y == 300:
        x = x + b"300"
    if y == 301:
        x = x + b"301"
    if y == 302:
        x = x + b"302"
    if y == 303:
        x = x + b"303"
    if y == 304:
        x = x + b"304"
    if y == 305:
        x = x + b"305"
    if y == 306:
        x = x + b"306"
    if y == 307:
        x = x + b"307"
    if y == 308:
        x = x + b"308"
    if y == 309:
        x = x + b"309"
    if y == 310:
        x = x + b"310"
    if y == 311:
        x = x + b"311"
    if y == 312:
        x = x + b"312"
    if y == 313:
        x = x + b"313"
    if y == 314:
        x = x + b"314"
    if y == 315:
        x = x + b"315"
    if y == 316:
        x = x + b"316"
    if y == 317:
        x = x + b"317"
    if y == 318:
        x = x + b"318"
    if y == 319:
        x = x + b"319"
    if y == 320:
        x = x + b"320"
    if y == 321:
        x = x + b"321"
    if y == 322:
        x = x + b"322"
    if y == 323:
        x = x + b"323"
    if y == 324:
        x = x + b"324"
    if y == 325:
        x = x + b"325"
    if y == 326:
        x = x + b"326"
    if y == 327:
        x = x + b"327"
    if y == 328:
        x = x + b"328"
    if y == 329:
        x = x + b"329"
    if y == 330:
        x = x + b"330"
    if y == 331:
        x = x + b"331"
    if y == 332:
        x = x + b"332"
    if y == 333:
        x = x + b"333"
    if y == 334:
        x = x + b"334"
    if y == 335:
        x = x + b"335"
    if y == 336:
        x = x + b"336"
    if y == 337:
        x = x + b"337"
    if y == 338:
        x = x + b"338"
    if y == 339:
        x = x + b"339"
    if y == 340:
        x = x + b"340"
    if y == 341:
        x = x + b"341"
    if y == 342:
        x = x + b"342"
    if y == 343:
        x = x + b"343"
    if y == 344:
        x = x + b"344"
    if y == 345:
        x = x + b"345"
    if y == 346:
        x = x + b"346"
    if y == 347:
        x = x + b"347"
    if y == 348:
        x = x + b"348"
    if y == 349:
        x = x + b"349"
    if y == 350:
        x = x + b"350"
    if y == 351:
        x = x + b"351"
    if y == 352:
        x = x + b"352"
    if y == 353:
        x = x + b"353"
    if y == 354:
        x = x + b"354"
    if y == 355:
        x = x + b"355"
    if y == 356:
        x = x + b"356"
    if y == 357:
        x = x + b"357"
    if y == 358:
        x = x + b"358"
    if y == 359:
        x = x + b"359"
    if y == 360:
        x = x + b"360"
    if y == 361:
        x = x + b"361"
    if y == 362:
        x = x + b"362"
    if y == 363:
        x = x + b"363"
    if y == 364:
        x = x + b"364"
    if y == 365:
        x = x + b"365"
    if y == 366:
        x = x + b"366"
    if y == 367:
        x = x + b"367"
    if y == 368:
        x = x + b"368"
    if y == 369:
        x = x + b"369"
    if y == 370:
        x = x + b"370"
    if y == 371:
        x = x + b"371"
    if y == 372:
        x = x + b"372"
    if y == 373:
        x = x + b"373"
    if y == 374:
        x = x + b"374"
    if y == 375:
        x = x + b"375"
    if y == 376:
        x = x + b"376"
    if y == 377:
        x = x + b"377"
    if y == 378:
        x = x + b"378"
    if y == 379:
        x = x + b"379"
    if y == 380:
        x = x + b"380"
    if y == 381:
        x = x + b"381"
    if y == 382:
        x = x + b"382"
    if y == 383:
        x = x + b"383"
    if y == 384:
        x = x + b"384"
    if y == 385:
        x = x + b"385"
    if y == 386:
        x = x + b"386"
    if y == 387:
        x = x + b"387"
    if y == 388:
        x = x + b"388"
    if y == 389:
        x = x + b"389"
    if y == 390:
        x = x + b"390"
    if y == 391:
        x = x + b"391"
    if y == 392:
        x = x + b"392"
    if y == 393:
        x = x + b"393"
    if y == 394:
        x = x + b"394"
    if y == 395:
        x = x + b"395"
    if y == 396:
        x = x + b"396"
    if y == 397:
        x = x + b"397"
    if y == 398:
        x = x + b"398"
    if y == 399:
        x = x + b"399"
    return pickle.loads(x)
