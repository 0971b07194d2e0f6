import { ethnicities, idsOf, languages, religions } from './dictionaries.ts';

/** Names that go together, with the options that their bearers mostly choose. */
export interface Origin {
  /** How common the origin is, relative to the others. */
  readonly share: number;
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly surnames: readonly string[];
  readonly ethnicities: readonly number[];
  /** Main languages other than English. */
  readonly languages: readonly number[];
  readonly religions: readonly number[];
}

function list(text: string): readonly string[] {
  return text.split(',').map(name => name.trim());
}

const white = idsOf(ethnicities, 'English, Welsh, Scottish, Northern Irish or British');
const christianOrNone = idsOf(religions, 'Christian|No religion');

/** The origins of the made-up people. */
export const origins: readonly Origin[] = [
  {
    share: 60,
    female:
      list(`Margaret, Jean, Susan, Patricia, Dorothy, Christine, Chloé, Zoë, Emily, Grace, Hannah, Sarah, Karen, Julie,
      Lily, Renée, Anne-Marie, Jo, Beth, Charlotte, Doreen, Maureen, Pauline, Sheila, Brenda, Imogen`),
    male: list(`John, David, Peter, Michael, Ronald, Kenneth, Derek, Alan, Stephen, Paul, Andrew, Jack, Oliver, Harry, Thomas,
      George, Arthur, Leslie, Stanley, Noël, J. P., Keith, Graham, Nigel, Toby, Jean-Luc`),
    surnames:
      list(`Smith, Jones, Taylor, Brown, Wilson, Walker, Wright, Thompson, Robinson, White, Hughes, Green, Hall, Clarke,
      Smith-Jones, Ashworth, Barraclough, Featherstonehaugh, Wood-Turner, St John, Le Brun, Fox, Lamb, Penhaligon, Brontë`),
    ethnicities: white,
    languages: idsOf(languages, 'English|English|English|English|English|English|English|British Sign Language'),
    religions: christianOrNone,
  },
  {
    share: 12,
    female: list('Siân, Niamh, Siobhán, Aoife, Eilidh, Angharad, Cerys, Ffion, Mairi, Bríd, Catrìona, Róisín'),
    male: list('Seán, Patrick, Rhys, Dafydd, Hamish, Eoin, Ciarán, Gethin, Pádraig, Callum, Iolo, Liam'),
    surnames:
      list(`O'Brien, O'Connor, Murphy, Kelly, Ó Súilleabháin, MacDonald, McIntyre, Llewellyn, ap Rhys, Davies, Griffiths,
      Fitzgerald, D'Arcy, Ní Bhriain`),
    ethnicities: [...white, ...idsOf(ethnicities, 'Irish')],
    languages: idsOf(languages, 'Welsh'),
    religions: christianOrNone,
  },
  {
    share: 9,
    female: list('Agnieszka, Małgorzata, Katarzyna, Zofia, Ioana, Olena, Rasa, Elena, Weronika, Ștefania'),
    male: list('Łukasz, Paweł, Tomasz, Michał, Andrei, Oleksandr, Jonas, Dimitar, Grzegorz, Ștefan'),
    surnames:
      list(`Kowalska, Nowak, Wiśniewski, Wójcik, Zieliński, Dąbrowska, Popescu, Shevchenko, Kazlauskas, Petrov, Ionescu,
      Szczęsny`),
    ethnicities: idsOf(ethnicities, 'Any other White background'),
    languages: idsOf(languages, 'Polish|Polish|Polish|Romanian|Lithuanian|Ukrainian|Bulgarian|Russian'),
    religions: christianOrNone,
  },
  {
    share: 10,
    female: list('Amina, Fatima, Priya, Harpreet, Nusrat, Meera, Shabana, Lakshmi, Rukhsana, Simran, Anjali, Ayesha'),
    male: list('Mohammed, Muhammad, Imran, Gurpreet, Rajesh, Abdul, Arjun, Tariq, Kamal, Vijay, Shafiq, Harjit'),
    surnames: list(
      "Khan, Hussain, Begum, Patel, Singh, Kaur, Ahmed, Rahman, Sharma, D'Souza, Akhtar, Chowdhury, Ali, Miah",
    ),
    ethnicities: idsOf(ethnicities, 'Indian|Pakistani|Bangladeshi|Any other Asian background'),
    languages: idsOf(languages, 'Punjabi|Urdu|Bengali|Bengali (Sylheti)|Gujarati|Hindi|Tamil'),
    religions: idsOf(religions, 'Muslim|Muslim|Hindu|Sikh|Christian'),
  },
  {
    share: 6,
    female: list('Abena, Folasade, Marcia, Hodan, Chioma, Beverley, Selam, Ngozi, Zainab, Sadé'),
    male: list('Kwame, Winston, Babatunde, Abdi, Emeka, Delroy, Yonas, Samuel, Désiré, Kofi'),
    surnames: list(
      "Okafor, Boateng, Adeyemi, Campbell, Yusuf, Tesfaye, Williams, N'Diaye, Mensah, Oyelaran-Cole, Hassan",
    ),
    ethnicities: idsOf(ethnicities, 'African|Caribbean|White and Black Caribbean|White and Black African'),
    languages: idsOf(languages, 'Yoruba|Somali|Tigrinya|French|English'),
    religions: idsOf(religions, 'Christian|Muslim'),
  },
  {
    share: 5,
    female: list('María José, Inês, Lucía, Giulia, Beatriz, Núria, Conceição, Françoise, Käthe, Chiara'),
    male: list('José, João, Luís, Giuseppe, Iñigo, Jesús, François, Jürgen, Ángel, Raúl'),
    surnames:
      list(`García Márquez, Fernández, da Silva, Gonçalves, Esposito, Muñoz Pérez, de la Cruz, Müller, Lefèvre, dos Santos,
      D'Angelo`),
    ethnicities: idsOf(ethnicities, 'Any other White background'),
    languages: idsOf(languages, 'Spanish|Portuguese|Italian|French|German'),
    religions: christianOrNone,
  },
  {
    share: 5,
    female: list('Mei, Xiu Ying, Thị Ánh, Layla, Shirin, Elif, Wei, Dilan, Ngọc, Ruth'),
    male: list('Wei, Jun, Văn Minh, Omar, Reza, Mehmet, Kai Ming, Baran, Đức, Levi'),
    surnames: list('Chen, Wong, Nguyễn, Al-Hassan, Hosseini, Yılmaz, Li, Öztürk, Trần, Abd al-Rahman, Cohen, Demir'),
    ethnicities: idsOf(ethnicities, 'Chinese|Any other Asian background|Arab|Any other ethnic group'),
    languages: idsOf(languages, 'Chinese (Cantonese)|Chinese (Mandarin)|Vietnamese|Arabic|Persian (Farsi)|Turkish'),
    religions: idsOf(religions, 'Buddhist|Muslim|Jewish|Other religion|No religion'),
  },
];

/** Streets of the made-up districts. */
export const streets: readonly string[] =
  list(`High Street, Church Lane, Station Road, Mill Lane, Victoria Road, Orchard Close,
  The Green, Priory Road, Canal Side, King's Court, Beech Avenue, Chapel Hill, Market Square, Long Meadow, St Aldan's Row`);

/** Family doctors, as free text. */
export const doctors: readonly string[] = list(
  'Dr Patel, Dr A Hughes, Dr Okafor, Dr. Lin, Dr Fox, Dr M Kowalska, dr hughes',
);

/** Ordinary notes on a record. */
export const ordinaryNotes: readonly string[] = [
  'Prefers a call before 11am.',
  'Uses a walking frame; please allow time to answer the door.',
  'Daughter helps with letters.',
  'Has a small dog (friendly).',
  'Interested in the Tuesday lunch club & the garden group.',
  'Referred by the hospital discharge team.\nTransport needed on Thursdays.',
];
