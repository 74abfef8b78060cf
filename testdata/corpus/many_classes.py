import pickle
import requests
class C0:
    def load(self, x):
        return pickle.loads(x)
class C1(C0):
    pass
class C2(C1):
    pass
class C3(C2):
    pass
class C4(C3):
    pass
class C5(C4):
    pass
class C6(C5):
    pass
class C7(C6):
    pass
class C8(C7):
    pass
class C9(C8):
    pass
class C10(C9):
    pass
class C11(C10):
    pass
class C12(C11):
    pass
class C13(C12):
    pass
class C14(C13):
    pass
class C15(C14):
    pass
class C16(C15):
    pass
class C17(C16):
    pass
class C18(C17):
    pass
class C19(C18):
    pass
class C20(C19):
    pass
class C21(C20):
    pass
class C22(C21):
    pass
class C23(C22):
    pass
class C24(C23):
    pass
class C25(C24):
    pass
class C26(C25):
    pass
class C27(C26):
    pass
class C28(C27):
    pass
class C29(C28):
    pass
class C30(C29):
    pass
class C31(C30):
    pass
class C32(C31):
    pass
class C33(C32):
    pass
class C34(C33):
    pass
class C35(C34):
    pass
class C36(C35):
    pass
class C37(C36):
    pass
class C38(C37):
    pass
class C39(C38):
    pass
class C40(C39):
    pass
class C41(C40):
    pass
class C42(C41):
    pass
class C43(C42):
    pass
class C44(C43):
    pass
class C45(C44):
    pass
class C46(C45):
    pass
class C47(C46):
    pass
class C48(C47):
    pass
class C49(C48):
    pass
class C50(C49):
    pass
class C51(C50):
    pass
class C52(C51):
    pass
class C53(C52):
    pass
class C54(C53):
    pass
class C55(C54):
    pass
class C56(C55):
    pass
class C57(C56):
    pass
class C58(C57):
    pass
class C59(C58):
    pass
class C60(C59):
    pass
class C61(C60):
    pass
class C62(C61):
    pass
class C63(C62):
    pass
class C64(C63):
    pass
class C65(C64):
    pass
class C66(C65):
    pass
class C67(C66):
    pass
class C68(C67):
    pass
class C69(C68):
    pass
class C70(C69):
    pass
class C71(C70):
    pass
class C72(C71):
    pass
class C73(C72):
    pass
class C74(C73):
    pass
class C75(C74):
    pass
class C76(C75):
    pass
class C77(C76):
    pass
class C78(C77):
    pass
class C79(C78):
    pass
class C80(C79):
    pass
class C81(C80):
    pass
class C82(C81):
    pass
class C83(C82):
    pass
class C84(C83):
    pass
class C85(C84):
    pass
class C86(C85):
    pass
class C87(C86):
    pass
class C88(C87):
    pass
class C89(C88):
    pass
class C90(C89):
    pass
class C91(C90):
    pass
class C92(C91):
    pass
class C93(C92):
    pass
class C94(C93):
    pass
class C95(C94):
    pass
class C96(C95):
    pass
class C97(C96):
    pass
class C98(C97):
    pass
class C99(C98):
    pass
class C100(C99):
    pass
class C101(C100):
    pass
class C102(C101):
    pass
class C103(C102):
    pass
class C104(C103):
    pass
class C105(C104):
    pass
class C106(C105):
    pass
class C107(C106):
    pass
class C108(C107):
    pass
class C109(C108):
    pass
class C110(C109):
    pass
class C111(C110):
    pass
class C112(C111):
    pass
class C113(C112):
    pass
class C114(C113):
    pass
class C115(C114):
    pass
class C116(C115):
    pass
class C117(C116):
    pass
class C118(C117):
    pass
class C119(C118):
    pass
class C120(C119):
    pass
class C121(C120):
    pass
class C122(C121):
    pass
class C123(C122):
    pass
class C124(C123):
    pass
class C125(C124):
    pass
class C126(C125):
    pass
class C127(C126):
    pass
class C128(C127):
    pass
class C129(C128):
    pass
class C130(C129):
    pass
class C131(C130):
    pass
class C132(C131):
    pass
class C133(C132):
    pass
class C134(C133):
    pass
class C135(C134):
    pass
class C136(C135):
    pass
class C137(C136):
    pass
class C138(C137):
    pass
class C139(C138):
    pass
class C140(C139):
    pass
class C141(C140):
    pass
class C142(C141):
    pass
class C143(C142):
    pass
class C144(C143):
    pass
class C145(C144):
    pass
class C146(C145):
    pass
class C147(C146):
    pass
class C148(C147):
    pass
class C149(C148):
    pass
class C150(C149):
    pass
class C151(C150):
    pass
class C152(C151):
    pass
class C153(C152):
    pass
class C154(C153):
    pass
class C155(C154):
    pass
class C156(C155):
    pass
class C157(C156):
    pass
class C158(C157):
    pass
class C159(C158):
    pass
class C160(C159):
    pass
class C161(C160):
    pass
class C162(C161):
    pass
class C163(C162):
    pass
class C164(C163):
    pass
class C165(C164):
    pass
class C166(C165):
    pass
class C167(C166):
    pass
class C168(C167):
    pass
class C169(C168):
    pass
class C170(C169):
    pass
class C171(C170):
    pass
class C172(C171):
    pass
class C173(C172):
    pass
class C174(C173):
    pass
class C175(C174):
    pass
class C176(C175):
    pass
class C177(C176):
    pass
class C178(C177):
    pass
class C179(C178):
    pass
class C180(C179):
    pass
class C181(C180):
    pass
class C182(C181):
    pass
class C183(C182):
    pass
class C184(C183):
    pass
class C185(C184):
    pass
class C186(C185):
    pass
class C187(C186):
    pass
class C188(C187):
    pass
class C189(C188):
    pass
class C190(C189):
    pass
class C191(C190):
    pass
class C192(C191):
    pass
class C193(C192):
    pass
class C194(C193):
    pass
class C195(C194):
    pass
class C196(C195):
    pass
class C197(C196):
    pass
class C198(C197):
    pass
class C199(C198):
    pass
class C200(C199):
    pass
class C201(C200):
    pass
class C202(C201):
    pass
class C203(C202):
    pass
class C204(C203):
    pass
class C205(C204):
    pass
class C206(C205):
    pass
class C207(C206):
    pass
class C208(C207):
    pass
class C209(C208):
    pass
class C210(C209):
    pass
class C211(C210):
    pass
class C212(C211):
    pass
class C213(C212):
    pass
class C214(C213):
    pass
class C215(C214):
    pass
class C216(C215):
    pass
class C217(C216):
    pass
class C218(C217):
    pass
class C219(C218):
    pass
class C220(C219):
    pass
class C221(C220):
    pass
class C222(C221):
    pass
class C223(C222):
    pass
class C224(C223):
    pass
class C225(C224):
    pass
class C226(C225):
    pass
class C227(C226):
    pass
class C228(C227):
    pass
class C229(C228):
    pass
class C230(C229):
    pass
class C231(C230):
    pass
class C232(C231):
    pass
class C233(C232):
    pass
class C234(C233):
    pass
class C235(C234):
    pass
class C236(C235):
    pass
class C237(C236):
    pass
class C238(C237):
    pass
class C239(C238):
    pass
class C240(C239):
    pass
class C241(C240):
    pass
class C242(C241):
    pass
class C243(C242):
    pass
class C244(C243):
    pass
class C245(C244):
    pass
class C246(C245):
    pass
class C247(C246):
    pass
class C248(C247):
    pass
class C249(C248):
    pass
class C250(C249):
    pass
class C251(C250):
    pass
class C252(C251):
    pass
class C253(C252):
    pass
class C254(C253):
    pass
class C255(C254):
    pass
class C256(C255):
    pass
class C257(C256):
    pass
class C258(C257):
    pass
class C259(C258):
    pass
class C260(C259):
    pass
class C261(C260):
    pass
class C262(C261):
    pass
class C263(C262):
    pass
class C264(C263):
    pass
class C265(C264):
    pass
class C266(C265):
    pass
class C267(C266):
    pass
class C268(C267):
    pass
class C269(C268):
    pass
class C270(C269):
    pass
class C271(C270):
    pass
class C272(C271):
    pass
class C273(C272):
    pass
class C274(C273):
    pass
class C275(C274):
    pass
class C276(C275):
    pass
class C277(C276):
    pass
class C278(C277):
    pass
class C279(C278):
    pass
class C280(C279):
    pass
class C281(C280):
    pass
class C282(C281):
    pass
class C283(C282):
    pass
class C284(C283):
    pass
class C285(C284):
    pass
class C286(C285):
    pass
class C287(C286):
    pass
class C288(C287):
    pass
class C289(C288):
    pass
class C290(C289):
    pass
class C291(C290):
    pass
class C292(C291):
    pass
class C293(C292):
    pass
class C294(C293):
    pass
class C295(C294):
    pass
class C296(C295):
    pass
class C297(C296):
    pass
class C298(C297):
    pass
class C299(C298):
    pass
C299().load(requests.get("http://x").content)
