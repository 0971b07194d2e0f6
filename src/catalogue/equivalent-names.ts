/**
 * Names that one person may go by: spellings of one name, short forms, and its forms in the languages that British charities
 * meet; of surnames, their Gaelic forms and transliterations. One family a line, without accents; a name may be in several. Two
 * names of a line are near, not the same.
 *
 * Sources, from general knowledge of each and checked against no copy: short forms as in E. G. Withycombe, The Oxford Dictionary of
 * English Christian Names, and Hanks, Hardcastle and Hodges, A Dictionary of First Names; Welsh, Irish and Scottish Gaelic
 * forms as in the same and Ó Corráin and Maguire, Irish Names; Irish surnames as in MacLysaght, The Surnames of Ireland;
 * transliterations from Arabic, Urdu, Bengali, Punjabi, Tamil, Somali, Ukrainian and Russian as British public bodies meet them
 * (Mohammed and its spellings: Office for National Statistics, baby names); Polish forms as in the list of given names of
 * Poland's PESEL register.
 */
const families = `
aaron arron aron haroon harun haroun
abdi cabdi
abdul abdal abdel abd abdool
abdullah abdulla abdallah abdollah abdullahi cabdullahi
abdulrahman abdurrahman abdirahman abdurahman cabdiraxmaan
abigail abbie abby abi gail gobnait
abraham abe avraham avram ibrahim ebrahim ibraheem ibrahima
adam adamo addy aadam
adrian ade adrien adriano
agnieszka agnes aga ines
ahmed ahmad ahmet ahmadu amed axmed ahamed achmed
aidan aiden aodhan aodan edan
aisha ayesha aysha aishah ayisha caasha ayse eesha
alan allan allen alun ailin
alasdair alastair alistair alister allister alisdair alaster
albert bert bertie al
alexander alex alec sandy alasdair xander aleksander alexandre alessandro oleksandr aleksandr alexandru olek sasha sascha lex
alexandra alex sandra sandy alexa lexi aleksandra oleksandra ola sasha
alfred alf alfie fred freddie
ali aly alee cali aliy
alice alys ailis alicia alicja alyce ailish
alison allison ally ali
amanda mandy manda
amelia amy milly millie emily
amina aminah ameena aamina aamna amna
amir ameer aamir amer
anastasia anastasiia anastasiya nastya stacey
andrew andy drew andrei andriy andrzej andre andreas andras aindreas anndra andrea
angela angie ange aniela
angharad anghared ann
angus aonghas aengus oengus
anil aneel
ann anne anna annie hannah nan nancy ana hanna ania anya anneke nansi
anthony antony tony anton antoni antonio ant
antonia toni
anwar anwer enver
aoife eefa ava eva
arthur art artur arturo
arun aroon
asha aasha
asif aasif asef
augustine gus austin
banerjee banerji bannerjee bandyopadhyay
barbara barb barbie babs basia
barnaby barney
barry bari barra
bartholomew bart barty parthalan bartosz bartlomiej
beatrice bea beatrix betrys trixie
begum begam begom
benjamin ben benny benji binyamin
bernadette bernie detta
bernard bernie
bethan beth bethany
bhattacharya bhattacharyya bhattacharjee
bilal belal billal
boguslaw bogdan bohdan bogus
brian bryan brien bryn
bridget brigid brid bridie biddy breda brigitte
bronislaw bronek
bronwen bronwyn bron
brown browne braun
byrne obyrne obroin nibhroin broin burn
caitlin katelyn kaitlin kathleen caitlyn kaitlyn cathleen
calum callum malcolm colm
caoimhe keeva kiva
caroline carol carolyn lina karolina carrie caro karoline
carys cerys karis
catherine katherine kathryn catharine katharine cathryn kathrine kate katie katy kath kathy cath cathy kitty kit kay catrin katrin catriona caitriona katrina katarzyna kateryna ekaterina kasia caitlin kathleen cait trina katya kaja
catriona caitriona katrina catrina triona
cecilia cecily sissy sile celia sheila
chakraborty chakrabarti chakravarty chakrabarty chakravarti
charles charlie chas chuck carlos karl carl karol cathal siarl chay
charlotte charlie lottie lotte carla carlotta
chatterjee chatterji chattopadhyay
chaudhry choudhury chowdhury chaudhary choudhary chowdry chaudhuri choudhry chowdhry chaudry
chen chan tan
chidi chidiebere
chloe cloe khloe
christian kristian cristian
christine christina chris chrissie tina kristina kirsty kirsten krystyna christiane cairistiona
christopher chris kris kit topher krzysztof christophe cristobal criostoir christos
claire clare clara clair klara cler
clark clarke clerk
clifford cliff
clive cleve
constance connie
cornelius con neil corneliu
cynthia cindy
cyril kyrylo kirill cyryl
daniel dan danny deiniol danyal daniyal danilo danylo domhnall
daphne daffy
david dave davey davy dai dafydd dewi daibhidh daithi daud dawood dawid dawud
davies davis davys
deborah debra debbie deb debs
deepak dipak deepack
deirdre derdre deidre
denis dennis denny denise denys
derek deric derrick del
dermot diarmuid diarmaid dermott
diana diane di dianne dyan
dinesh denesh
dmytro dmitri dmitry dima
dominic dominick dom dominik
donald don donnie domhnall donal donall
dorothy dot dottie dorothea dolly dora thea
douglas doug dougie dubhghlas dougal
duncan donnchadh dunc
dylan dillon dilan
edith edie edyth
edmund ed eddie ted eamon eamonn edmond
edward ed eddie ted teddy ned edvard edouard eduardo edwardo iorwerth eideard
edwards edwardes bedward
eileen aileen eibhlin evelyn
eilidh ailie eilie ayley helen
eirwen irwen
eleanor elinor ellie nell nelly nora eleanora leonora elenor elin
elizabeth elisabeth liz lizzie beth betty bess bessie eliza elsie libby lisa lis elspeth ealasaid eilis betsan elzbieta ela babette elisa liza betsi bet
ellen helen nell ellie elen elin helena helene olena elena yelena elaine
emily emma em emmie millie emilia
emma emmeline em ema
emyr emir
enid ened
eoin owen ian john eoghan
ernest ernie
esther ester hester esta hadassah
euan ewan ewen iwan eoghan eoin euen
eugene gene eoghan owen yevhen yevhenii yevgeny yevgeni yevgeniy evgeny evgeni evgenii evgeniy ievgen eugeniusz eugen zhenya
eva eve ewa yeva aoife chava hawa
evan ieuan ifan ioan john iefan
evans bevan ifans jevons
ewelina evelyn evelina
fadumo fatuma fatima faadumo
farah farrah
farooq faruk farouk faruq farukh
fatima fatimah fatema fathima fatma fatemah fatoumata fatou
fergus fearghas feargus
ffion fion fiona
fiona fionnghuala fionnuala finola nuala fenella
florence flo florrie flossie
frances fran francesca frankie fanny franciszka ffransis
francis frank frankie francisco franciszek francois proinsias
frederick fred freddie fredrick frederic fryderyk rick
gabriel gabe gabor jibril
gallagher ogallchoir nighallchoir gallchoir gallaher
ganguly ganguli gangopadhyay
gareth gary garth garet
geoffrey jeffrey geoff jeff jeffery geoffroy sieffre
george georgie jorge jerzy gheorghe seoras georgios heorhiy siorys yuriy jurgen
georgina georgie gina georgia georgiana
geraint gerry
gerald gerry gerard jerry garret jeremy gearoid gerallt
gertrude gertie trudy gert
gheorghe george ghita
giles gyles jiles
gillian jill gill jillian gilly
gloria glor
grace gracie grainne grania
graham graeme grahame gray
green greene
gregory greg gregor griogair grzegorz grigory gregoire
griffith gruffydd gruffudd griff guto
grzegorz gregory grzes
gulam ghulam golam
gurpreet gurprit
gwendolen gwen gwenda gwendoline gwenllian
gwilym gwil will william
habib habeeb
hamid hameed hamied
hannah hanna hana johanna anna chana
haris harris haaris
harold harry hal harald
harriet hattie harriett henrietta
harris harries parry
harry henry harold hari
hasan hassan hasaan xasan hassen
helen helena ellen nell elena olena lena elen
henry harry hal hank henri henryk enrique heinrich harri eanraig
hilary hillary
hnatiuk hnatyuk gnatyuk gnatiuk
holub golub
howell hywel howel hywell
hryhorenko grigorenko hrihorenko grygorenko
hrytsenko gritsenko grytsenko
huang wong hwang ooi
hugh hughie huw hugo aodh huey uisdean
hughes hewes huws pugh
humaira humayra humera
husain hussain hussein hossain hosein husayn hussen xuseen hussayn huseyin hosseini
ibrar abrar
ignatius ignacy iggy inigo
igor ihor
imran emran imraan
ines inez agnes inesa
ingrid inge
iqbal ikbal eqbal
irene irena iryna irina rena eirene
isaac isaak zac ishaq ishak izaak
isabel isabella isobel isabelle bella izzy belle ishbel iseabail isabela izabela tibby
ismail ismael ishmael esmail ismaeel
ivan iwan john ivo
iyer aiyer ayyar
jack john jackie jacques jankin
jackson jaxon jacksen
jacob jake jakub james jacobus yakov yaqub yakub yacoub jacub
jacqueline jackie jacqui jaqueline jacquelyn
jagdish jagdeesh
jamal jamaal gamal
james jim jimmy jamie jem seamus hamish seumas iago jaime jimi jacques shamus
jan john jon jasiek
jane janet jean jenny janie jayne siwan sian sinead sheena joanna shan jana jeanne
janet jan jannet sioned jessie seonaid jenny
janice jan janis
jaroslaw jarek yaroslav
jasmine yasmin yasmine jasmin yasmeen jaz
jason jay jayson jase
javed javaid javid jawed
jeanette jannette janette jeannette
jennifer jen jenny jenni guinevere jennie gaenor
jeremy jerry jem jeremiah
jessica jess jessie jesse
joan jo joanie siobhan siwan joanna
joanna asia joan
joanna joanne jo johanna joann ioana asia joana
joao john juan
john jack johnny jon jonny jan ian iain sean shaun shawn sion eoin ioan ifan evan ieuan jean juan johann johannes ivan giovanni jhon yahya johnnie hans ion jonathan jock
johnston johnson johnstone johnsson
jonathan jon john jonathon johnathan jonny yonatan nathan
joseph joe joey jo jose josef jozef yusuf yousef yosef giuseppe seosamh osip josh
josephine jo josie posy fifi jozefina
joshua josh yehoshua
joyce joy jocelyn
judith judy jude judi judyta
julia julie juliet yulia iuliia julija juliette gillian sile sheila
karen caron karin kaz karan
karim kareem kerim abdulkarim
kashif kashef
kaur kour
kazimierz kazik casimir
keith keeth
kelly kelley keli
kelly okelly oceallaigh niceallaigh ceallaigh
kennedy ocinneide nicinneide cinneide
kenneth ken kenny coinneach
kevin kev caoimhin kevyn
khadija khadijah khadeeja kadija hadiza kadiatou khadra
khalid khaled khaleed
kimberley kim kimberly
kinga kunigunda
krishna krishnan kishan krishnamurthy kishen
kumar kumaar coomar
lakshmi laxmi luxmi lakshmy lakshmee
laura lowri lora laurie lauren lara
lawrence laurence larry laurie lawrie wawrzyniec lars lorcan
leila layla laila leyla lila
leonard len lenny leo leon
leslie lesley les
leszek lech
lewis louis llew lew louie lewys ludwik luis lou
li lee lei
lilian lillian lily lil lilly liliana
lin lam lim
liu lau low
llewelyn llewellyn llywelyn llew lyn
lloyd floyd loyd
lloyd lloyde floyd llwyd
louise lou louisa luisa lulu
lucy lucia lucille lucinda luiza lleucu lusia lucja
luke lucas luca lukasz luc lukas lukash
lynch oloingsigh niloingsigh loingsigh
lynn lyn lynne linda lin lynda lynette
macdonald mcdonald donald macdonell
madeleine madeline maddie maddy magdalena magda madalena
magdalena magda lena magdalen
mahmood mahmud mahmoud mehmood mahmut
mairead maighread mared margaret
mairi mhairi mary vari varie maire
malcolm mal calum malky
malgorzata gosia margaret
malik malek maalik mallick
manjit manjeet
manpreet manprit
maqbool makbul
margaret maggie meg megan peggy marge margie margo greta rita marged mared mairead malgorzata daisy margot marguerite margarita madge mags peig
maria mary marie mariya mariia marya
mariam maryam miriam mary maryan mariama marjam
marjorie marge margery marjory
mark marc marcus marek marko markus marcin
martha marta mattie patty marte
martin marty martyn marcin mairtin
mary maria marie mari mair maire mairi moira maura molly polly maureen mhairi mariam miriam may mamie maryja moyra
masood masud masoud mosud
matilda tilly mathilda tilda maud mallt
matthew matt matty mathew mateusz mattheus matteo matej matias matthias maitiu
matthews mathews
maureen mo moreen mairin
maurice morris moris meurig muiris
maxim maksym maksim max maximilian maxwell
mccarthy maccarthy macarthy carthaigh maccarthaigh niccarthaigh mccarty
miah mia mian miya meah
michael mike mick micky mikey micheal mihangel mikhail mykhailo michal miguel michel meical mikael mihai
michelle shell michele chelle
mieczyslaw mietek
mildred millie
miroslaw mirek
mirza mirzah
mohammed muhammad mohammad mohamed muhammed mohamad muhamad mohamud mahamed maxamed mehmet mo md mohd mohammod mamadou muhamed mahomed mohammud mahammad muhammadu mehmed
mohan mohun
mohsin muhsin mohsen
monica monika mon
moore more moor
morag marion sarah
morgan morgen
morris maurice norris
mukherjee mukerji mookerjee mukhopadhyay mukharji
murphy murchadh omurchu nimhurchu murchu
mustafa mostafa moustafa mustapha mostofa
myfanwy myf
nadia nadiya nadija
naeem naim nayeem
nair nayar nayyar
naseem nasim nassim
nasir naseer nasser
natalie natalia nataliya natasha tasha natalya nathalie nat natalija
nathan nathaniel nat nate jonathan
neil neal niall nigel niel
niall neil nial nyall
niamh neve neave nieve niav
nicholas nick nicky nicolas nikolai mykola nikolas mikolaj nicolae klaus colin nico niclas nicholaus nikola
nicola nicky nikki nicole nic nikola
nigel nige
noor nur nour noura nora
nora norah honora onora noreen eleanor noor
norman norm tormod
obrien brien obriain nibhriain briain
oconnor connor oconchuir conchuir niconchuir oconor oconner
odoherty doherty odochartaigh nidhochartaigh dochartaigh dougherty
odonnell odomhnaill nidhomhnaill domhnaill uidhomhnaill odonell
oisin osheen ossian oisean
oksana xenia kseniia ksenia kseniya xeniya ksenija oksanna aksana
olaf olav amhlaibh aulay auley
oleg oleh
olga olha olya
oliver ollie oli olivier
olivia liv livvy
omar umar umer omer cumar oumar umair
oneill oneil neill nineill
oreilly reilly oraghallaigh niraghallaigh raghallaigh oreily
oscar oskar osgar
osman usman uthman ousmane cismaan cusman usmaan
owen owain eoin eoghan ewan eugene owein
owens owen bowen
padraig patrick padraic paudie podraig
pamela pam pammy
patel patell
patricia pat patsy trish tricia patty trisha padraigin patrycja patti paddy
patrick pat paddy padraig padraic padrig patryk patrice rick pads
paul pol pawel pavel pavlo paulus pablo pal
paula pauline paulina polly
penelope pen penny
peter pete pedr peadar piotr petro pyotr pedro petr pierre piers petros pieter petar
philip phillip phil pip philippe filip felipe pilib pylyp phill
philippa pippa pip phillipa
philips phillips philipps phillipps
phyllis phil phillis phylis
pillai pillay
piotr peter piotrek
powell howell powel
prakash parkash
price preece prys rhys rees
priya preeya pria
qasim kasim qassim kassim casim
quentin quintin
quinn oquinn ocuinn cuinn nichuinn
quraishi qureshi kureshi quereshi koreshi
rachel rachael rach rae raquel rahel raechel
rafiq rafique rofique rafeek
rahim raheem rohim
rahman rehman rahmaan rahaman rohman raman
rajendra rajinder rajender
rajesh raj rajish
ramesh romesh
ramona mona
rashid rasheed rashed roshid
raymond ray reamonn redmond rajmund
rebecca becky bex becca rebekah reb rebeca becki
reddy reddi
reginald reg reggie rex
reid read reade reed
rhiannon rhian rhianon
rhodri rodri roderick
rhona rona
rhys rees reece reese rice
richard rick ricky dick rich richie dickie ryszard ricardo risteard rhisiart dic
richards pritchard
robert rob bob bobby robbie bert robin rupert roberto raibeart roibeard robat rab bobbie roberta robyn
roberta bobbie robbie berta
roberts probert
roderick rod rory roddy ruairidh
rodney rod roddy
roger rodge rodger rog
rogers rodgers
roisin rosheen rosaleen rose rosie
ronald ron ronnie raghnall ronny
rory ruairi ruairidh ruaridh ruari roderick ruadhri
rose rosie rosa roza rhosyn
rosemary rose rosie romy rosmarie
roxanne roxy
ruby rubi
rukhsana ruksana roksana rukhsanah
russell russ rusty
ruth ruthie
ryan oriain niriain riain
ryszard richard rysiek
saad sad sacad
sabina sabeena sabena
safia safiya sophia safiyya safiyah
said saeed sayed saied saeid sayeed syed siciid
saint st
salim saleem selim
salma selma
samantha sam sammy
samuel sam sammy shmuel sawel samuil
sandeep sandip
sandra sandie sandy alexandra
sanjay sanjoy sanjai
saoirse seersha sersha
sarah sara sally sadie sal sorcha zara saara sarra
satish sateesh
sean shaun shawn john seaghan shane sion
sebastian seb bastian
serhiy serhii sergei sergey sergii sergiy serge sergio serhij sergej
shah sha
shahid shaheed shaheid
shannon shanon
sharif shareef sherif
sharma sarma
sheikh shaikh sheik shaykh shaik sheekh
sheila sheelagh sile sheelah shelagh celia
shepherd sheppard shepard shephard
shirin shireen
shirley shirl
shiva siva shiv
shona seonag joan shauna
shyam sham
sian shan jane sharne shaan
siddiqui siddique siddiqi sidiqui siddiquee
silvia sylvia sylvie
simon si symon szymon simeon semyon shimon
sinead jane janet shinade shinaid
singh sing sinha
siobhan shevaun chevonne joan shivaun siobhain judith
sioned janet shoned
slawomir slawek
smith smyth smythe smithe
sobia sobiya
sophie sophia sofia sofie zofia zosia soffia soph
sri shri shree sree
stanislaw stan stanislav stas stanley staszek
stclair saintclair sinclair
stephanie steph stefanie steffi stefania
stephen steven steve stevie stefan steffan stephan szczepan stepan stiofan etienne ste esteban stefano
stephens stevens
stewart stuart steward
stjohn saintjohn sinjohn
subramaniam subramanian subramanyam subramaniyam
sullivan osullivan suilleabhain osuilleabhain nishuilleabhain uishuilleabhain osulivan
sunil suneel
suresh suraish
susan sue susie suzanne susanna suzie zuzanna susannah shoshana suzy siwsan suzan
tadeusz tadek thaddeus
tadhg timothy tim teague teige thady
tahir taher taahir
tamara tammy tamar
tanveer tanvir tanbir
tariq tarik tareq tarek
tatiana tetiana tetyana tanya tatyana tania
taylor tayler tailor
terence terry terrence tel toirdhealbhach turlough
thakur tagore thakkar
theodore theo ted teddy fedir fyodor tudor teodor
theresa teresa terry tess tracy treasa tessa terri resi tere
thomas tom tommy tomos twm tomasz tomas tam tamas tommie tomek tomaz thom
thompson thomson tomson
timothy tim timmy timofey
tracey tracy trace tracie theresa
trevor trev trefor treabhar
uddin udin
ullah ulla allah
ursula orsola
usha oosha
uzma ozma
valerie val valeria
vanessa nessa
vera wiera
veronica ron ronnie vera weronika bernice veronika
victor vic viktor wiktor
victoria vicky vikki tori vic wiktoria viktoria viktoriya vickie
vijay bijoy bejoy wijay
vikram bikram wikram
vincent vin vince vinny vinnie wincenty
violet vi violetta wioletta
viv vivian vivien vivienne vyvyan bebhinn
volodymyr vladimir vlad vova wlodzimierz waldemar
walsh breathnach welsh walshe
walter wally walt wat gwallter
wang wong
waseem wasim vasim
watkins watkin gwatkin
wendy wend
white whyte wight
wilfred wilf fred
wilkins wilkinson
william bill billy will willie willy liam gwilym wil wilhelm guillaume uilleam wills uilliam bil wim
winifred win winnie freda gwenfrewi
wojciech wojtek voytek vojtek vojtech voitek adalbert
wright right wrighte
wu ng goh
xu hsu tsui
yasir yasser yaser
yousaf yusuf yousuf yusef yousef yusuff joseph yoosuf iusuf yuusuf
yuri yuriy iurii george jerzy
yvonne eve von yvette
zachary zac zach zack zak zakaria zechariah zakariya zakariyya
zahir zaheer zahid
zahra zara zohra zehra sahra zahrah
zainab zaynab zeinab zeynep seynab zenab
zbigniew zbyszek
zdzislaw zdzich
zhang cheung chang teo
zhou chow chau
zoe zoey zoya
`;

/** First names of no family here that are easily taken for another one misspelt: Marvin for Martin, Halima for Rahima. */
const others = new Set(
  `
ajmal akmal alina alma alvin amira amita anita arina bashir basil brandy brenda calvin cecil claudia claudius cora
corin damian danish darius darla darren dean dena denzil devin dina doreen dorian duane duke dwayne earl edgar edwin
eesa elina elma elvin erma erwin ethan fadia fahima farhan flora galina gavin geeta gemma gilda gita glen glenda glenn
gwyn halima harley harvey heather hilda idris irma irwin isa issa janina jasmina jenna jerome joel julian julius kamal
kamran kara karima kavita keira kelvin kieran kira kiran lalita lea leah leela lorna mahesh marian mariana marina
marisa marius marla marlene marlon martina marvin mason maya melinda melissa melvin mervyn mina miranda mousa munir
musa myra nadine naresh nasreen nazir nina nita noel norma parveen polina rabia rahima rajeev rakesh randy rayhan
rehan rihanna rina roland ross rowan sadia salima samira sangita sanjeev savita seeta shamira sharon sheela sita smita
sofiya sunita tamira tara thelma tyrone vanita velma warren wayne wazir wilda wyn yunus zakia
`
    .trim()
    .split(/\s+/),
);

/** Names by their families, each name as it is folded. */
let known: ReadonlyMap<string, readonly (readonly string[])[]> | undefined;

function knownFamilies(): ReadonlyMap<string, readonly (readonly string[])[]> {
  if (known) return known;
  const byName = new Map<string, (readonly string[])[]>();
  for (const line of families.trim().split('\n')) {
    const family = line.split(' ');
    for (const name of family) byName.set(name, [...(byName.get(name) ?? []), family]);
  }
  known = byName;
  return byName;
}

/**
 * The names that somebody of this name may go by, without itself; none for a name that isn't in the table.
 *
 * @param name as `foldSpelling` writes it
 */
export function equivalentNames(name: string): ReadonlySet<string> {
  const names = new Set(knownFamilies().get(name)?.flat());
  names.delete(name);
  return names;
}

/**
 * True for a first name that is known, in a family or alone: nearly the same as another known one, it is hardly that one misspelt.
 *
 * @param name as `foldSpelling` writes it
 */
export function isKnownName(name: string): boolean {
  return others.has(name) || knownFamilies().has(name);
}
