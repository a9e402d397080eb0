/**
 * Frequent words of languages that are written in Latin letters and that the bot does not speak itself: those of the
 * languages that it speaks stand with them (`locales/`). Function words first, then what people say about videos.
 */
export const OTHER_LANGUAGES: Readonly<Record<string, string>> = {
  fr: `le la les un une des du de et avec pour sur mon ma mes ton ta votre notre cette ce ces cet
    vidéo fais faire crée créer plus moins musique ajoute dans au aux veux voudrais titre
    change en sans ne pas oui très mais comme quand où qui que quoi est sont être soit a ont
    peux peut mets enlève retire montre mieux premier première dernier dernière nouveau
    nouvelle grand petit lent rapide court long scène texte écran voix son image fond fin
    début secondes minutes tout tous chaque deux trois il elle nous vous ils se lui leur
    depuis avant après aussi gens jour nuit temps vie maison monde merci bonjour s’il`,
  de: `der die das ein eine einen einem einer und mit für über mein meine dein deine unser dieses
    diesen diese dieser aus von vom zum zur zu video mach mache machen erstelle erstellen
    bitte musik füge schneller langsamer soll sollte sollen im in am an auf titel ändere hinzu
    den dem des ist sind sein wird werden hat haben kann kannst können nicht kein keine ohne
    mehr weniger sehr aber wie wann wo was wer wenn nach vor auch nur noch bild bilder szene
    text stimme ton farbe farben hintergrund anfang ende erste letzte neue neuen groß klein
    lang kurz kürzer zeig zeige entferne entfernen ersetze ersetzen untertitel sekunden
    minuten alle jeder zwei drei ich du er sie es wir ihr uns leute tag nacht zeit haus welt
    danke hallo`,
  pt: `o a os as um uma uns umas de do da dos das com para por pelo pela que faça faz fazer sobre
    meu minha seu sua nosso nossa este esta esse essa isso e em no na nos nas vídeo mais menos
    música adicione crie quero queria não título coloque mude sem sim muito mas como quando
    onde qual quem porque desde até entre antes depois também tire remova troque substitua use
    mostre melhor primeiro primeira último última novo nova grande pequeno lento rápido curto
    longo cena texto tela voz som imagem fundo final começo segundos minutos ser é são está
    estão tem pode você ele ela eles tudo todos cada dois três lhe me se gente dia noite tempo
    vida casa mundo mar feliz obrigado olá legenda legendas parte`,
  it: `il lo la gli le i un uno una di del della dello dei delle con per su sul sulla mio mia tuo
    tua nostro nostra questo questa questi e in nel nella fai fare crea video più meno musica
    aggiungi voglio vorrei che titolo dal dalla cambia metti senza non sì molto ma come quando
    dove cosa chi perché fino tra prima dopo anche togli rimuovi usa mostra meglio primo
    ultimo ultima nuovo nuova grande piccolo lento veloce corto lungo scena testo schermo voce
    suono immagine sfondo finale inizio secondi minuti è sono essere ha hanno può puoi tutto
    tutti ogni due tre si mi ci gente giorno notte tempo vita casa mondo mare felice grazie
    ciao sottotitoli parte`,
  nl: `de het een en met voor over mijn jouw onze deze dit die dat van uit maak maken video
    muziek voeg toe sneller langzamer graag naar titel wil verander geen niet zonder meer
    minder heel maar hoe wanneer waar wat wie als na ook nog is zijn wordt worden heeft hebben
    kan kun moet moeten verwijder haal weg vervang gebruik laat zien beter eerste laatste
    nieuwe groot klein lang kort scène tekst scherm stem geluid beeld achtergrond einde begin
    seconden minuten alle elke twee drie ik je jij hij zij wij we ons door aan op bij tot
    mensen dag nacht tijd leven huis wereld bedankt hallo`,
  tr: `ve bir bu şu o ile için hakkında benim senin bizim video yap yapın müzik ekle ekleyin daha
    az çok bana olsun olmasın oluştur lütfen başlık hızlı yavaş yapar mısın misin değiştir
    kaldır sil göster kullan olmalı var yok değil ama gibi nasıl ne zaman nerede kim sonra
    önce de da en ilk son yeni büyük küçük uzun kısa sahne metin yazı ekran ekranda ses
    görüntü arka plan saniye dakika her iki üç insanlar gün gece dünya ev deniz mutlu
    teşekkürler merhaba altyazı renk renkler`,
  pl: `i w z na o do od po za się film wideo zrób stwórz zrobić muzykę muzyka dodaj mój moja moje
    nasz twój ten ta to te jest są być ma mają proszę dla tytuł zmień szybciej wolniej usuń
    zamień pokaż użyj bez nie tak bardzo ale jak kiedy gdzie co kto który która które przed
    potem też więcej mniej lepiej pierwsza ostatnia nowy nowa duży mały długi krótki scena
    scenę tekst tekstu ekran ekranie głos dźwięk obraz tło koniec początek sekund minut
    wszystko każdy dwa trzy ludzie dzień noc czas świat dom morze dziękuję cześć napisy kolory
    żeby może powinno`,
  vi: `và của cho một với về video này làm tạo hãy nhạc thêm tôi là từ nhanh hơn chậm tiêu đề đổi
    không có bỏ xóa thay bằng các những trong trên dưới ra vào được đang sẽ rất nhưng như khi
    nào ở đâu gì ai sau trước cảnh chữ màn hình giọng âm thanh ảnh nền cuối đầu giây phút mọi
    hai ba người ngày đêm nhà biển xin cảm ơn`,
  id: `dan yang dengan untuk tentang dari ini itu saya kami video buat buatkan musik tambahkan
    lebih cepat lambat ke di judul tolong ganti hapus ubah tanpa tidak bukan ada akan bisa
    harus sangat tapi seperti kapan mana apa siapa setelah sebelum juga adegan teks layar
    suara gambar latar belakang akhir awal detik menit semua setiap dua tiga orang hari malam
    waktu dunia rumah laut terima kasih warna sebuah seorang pada dalam`,
  sv: `och en ett med för om min mitt din vår den det de denna detta gör göra skapa video musik
    lägg till snabbare långsammare av på titel ta bort byt ut visa använd utan inte ingen mer
    mindre mycket men hur när var vad vem efter före också är vara ska skulle har kan du jag
    vi ni han hon bättre första sista nya stor liten lång kort scen text skärmen röst ljud
    bild bakgrund slut början sekunder minuter alla varje två tre människor dag natt tid värld
    hus hav tack hej färger i som från genom`,
};
