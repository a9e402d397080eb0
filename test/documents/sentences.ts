/** The same short film in many languages. */

export const ENGLISH = [
  'The sea is quiet at dawn.',
  'A hand lifts the can.',
  'Gulls cross the harbour.',
  'The crew waits for the light.',
];
export const CHINESE = [
  '清晨的港口，海浪轻轻拍打着岸边。',
  '镜头慢慢推近，一只手拿起饮料。',
  '这是我们的新产品，大家都很喜欢。',
  '最后出现品牌标志，配上轻快的音乐。',
  '他们在海边走了很长时间。',
];
export const TAIWAN = [
  '清晨的港口，海浪輕輕拍打著岸邊。',
  '鏡頭慢慢推近，一隻手拿起飲料。',
  '這是我們的新產品，大家都很喜歡。',
  '最後出現品牌標誌，配上輕快的音樂。',
  '他們在海邊走了很長時間。',
];
export const JAPANESE = [
  '夜明けの港で、波が静かに岸を打っています。',
  'カメラがゆっくり近づきます。',
  'これは私たちの新しい飲み物です。',
  '最後にロゴが出て、音楽が流れます。',
];
export const KOREAN = [
  '새벽의 항구에서 파도가 잔잔하게 밀려옵니다.',
  '카메라가 천천히 다가갑니다.',
  '이것은 우리의 새로운 음료입니다.',
  '마지막에 로고가 나오고 음악이 흐릅니다.',
];
export const RUSSIAN = [
  'На рассвете волны тихо бьют о берег.',
  'Камера медленно приближается.',
  'Это наш новый напиток.',
  'В конце появляется логотип и звучит музыка.',
];
export const FRENCH = [
  'L’été s’achève déjà près de la mer.',
  'La caméra s’approche très lentement.',
  'À la fin, le générique défile à l’écran.',
  'Où êtes-vous passés cette année ?',
];
export const GERMAN = [
  'Früh am Morgen schlägt die Brandung ans Ufer.',
  'Die Möwen müssen über die Straße.',
  'Das schöne Getränk schmeckt süß.',
  'Zum Schluß hört man Geräusche.',
];
export const GREEK = [
  'Η θάλασσα είναι ήρεμη την αυγή.',
  'Η κάμερα πλησιάζει αργά το λιμάνι.',
  'Στο τέλος ακούγεται μουσική.',
  'Αυτό είναι το νέο μας ποτό.',
];
export const HEBREW = [
  'הים שקט והמצלמה מתקרבת לאט אל הנמל.',
  'בסוף נשמעת מוזיקה שקטה.',
  'זה המשקה החדש שלנו.',
  'השחפים עפים מעל הגלים.',
];
export const ARABIC = [
  'البحر هادئ عند الفجر.',
  'تقترب الكاميرا ببطء من الميناء.',
  'في النهاية تظهر العلامة وتبدأ الموسيقى.',
  'هذا هو مشروبنا الجديد.',
];

export const POLISH = [
  'Kamera powoli zbliża się do portu.',
  'Łódź wypływa o świcie, widać żółte światło.',
  'Na końcu słychać spokojną muzykę.',
];
export const CZECH = [
  'Kamera se pomalu blíží k přístavu.',
  'Příliš žluťoučký kůň úpěl ďábelské ódy.',
  'Na konci zní tichá hudba nad mořem.',
];
export const TURKISH = [
  'Kamera yavaşça limana yaklaşıyor.',
  'Işık güneşten gelir, çocuklar koşuyor.',
  'Sonunda sakin bir müzik duyulur, şimdi öğle.',
];
export const THAI = ['กล้องเคลื่อนเข้าใกล้ท่าเรือ', 'ทะเลเงียบสงบในยามเช้า', 'ในตอนจบมีเสียงดนตรี'];
