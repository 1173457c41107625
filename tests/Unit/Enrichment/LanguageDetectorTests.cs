using Monitoring.Enrichment;
using Monitoring.Enrichment.Languages;

namespace Tests.Unit;

public class LanguageDetectorTests
{
    static readonly LanguageDetector Detector = new(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge")));

    static string Code(string text) => Detector.Detect(text).Code;

    [Theory]
    [InlineData("da", "Politiet oplyser, at to mænd er blevet anholdt efter et røveri i en forretning i Odense natten til lørdag.")]
    [InlineData("no", "Politiet opplyser at to menn er blitt pågrepet etter et ran av en butikk i Drammen natt til lørdag.")]
    [InlineData("nn", "Politiet seier at to menn ikkje er tekne etter eit ran av ein butikk i Førde natt til laurdag.")]
    [InlineData("sv", "Polisen uppger att två män har gripits efter ett rån mot en butik i Örebro natten till lördag.")]
    [InlineData("cs", "Policisté v noci na sobotu zadrželi dva muže, kteří podle nich přepadli prodejnu ve středu Olomouce.")]
    [InlineData("sk", "Policajti v noci na sobotu zadržali dvoch mužov, ktorí podľa nich prepadli predajňu v strede Nitry.")]
    [InlineData("hr", "Policija je u noći na subotu uhitila dvojicu muškaraca koji su opljačkali trgovinu u središtu Osijeka, priopćeno je.")]
    [InlineData("sr", "Policija je u noći između petka i subote uhapsila dvojicu muškaraca koji su opljačkali prodavnicu u centru Niša, saopšteno je.")]
    [InlineData("sr", "Полиција је у ноћи између петка и суботе ухапсила двојицу мушкараца који су опљачкали продавницу у центру Ниша.")]
    [InlineData("sl", "Policija je v noči na soboto prijela dva moška, ki naj bi oropala trgovino v središču Celja, so sporočili.")]
    [InlineData("bg", "Полицията задържа през нощта двама мъже, които са ограбили магазин в центъра на Пловдив, съобщиха от МВР.")]
    [InlineData("mk", "Полицијата приведе двајца мажи кои ноќта ограбиле продавница во центарот на Битола, соопшти МВР.")]
    [InlineData("ru", "Полиция задержала двух мужчин, которые ночью ограбили магазин в центре Твери, сообщили в управлении.")]
    [InlineData("uk", "Поліція затримала двох чоловіків, які вночі пограбували крамницю в центрі Луцька, повідомили в управлінні.")]
    [InlineData("be", "Міліцыя затрымала двух мужчын, якія ўначы абрабавалі краму ў цэнтры Гродна, паведамілі ва ўпраўленні.")]
    [InlineData("id", "Polisi menangkap dua pria yang merampok sebuah toko di pusat kota Malang karena terlilit utang, kata juru bicara.")]
    [InlineData("ms", "Polis menahan dua lelaki yang menyamun sebuah kedai di pusat bandar Ipoh kerana hutang, kata jurucakapnya.")]
    [InlineData("es", "La policía detuvo anoche a dos hombres que habían robado en una tienda del centro de Murcia.")]
    [InlineData("pt", "A polícia deteve esta noite dois homens que tinham assaltado uma loja no centro de Braga.")]
    [InlineData("gl", "A policía detivo esta noite dous homes que asaltaran unha tenda no centro de Lugo.")]
    [InlineData("ca", "La policia va detenir aquesta nit dos homes que havien robat en una botiga del centre de Reus.")]
    [InlineData("nl", "De politie heeft vannacht twee mannen aangehouden die een winkel in het centrum van Assen hadden overvallen.")]
    [InlineData("af", "Die polisie het twee mans in hegtenis geneem wat 'n winkel in die middestad van Paarl beroof het.")]
    [InlineData("fa", "پلیس شب گذشته دو مرد را که از فروشگاهی در مرکز شیراز سرقت کرده بودند بازداشت کرد.")]
    [InlineData("ur", "پولیس نے رات گئے دو افراد کو گرفتار کر لیا جنہوں نے ملتان کے ایک بازار میں دکان لوٹی تھی۔")]
    [InlineData("hi", "पुलिस ने रात में दो लोगों को गिरफ्तार किया है जिन्होंने कानपुर के एक बाजार में दुकान लूटी थी।")]
    [InlineData("mr", "पोलिसांनी रात्री दोन जणांना अटक केली असून त्यांनी नाशिकमध्ये एका दुकानात चोरी केली होती.")]
    [InlineData("ne", "प्रहरीले राति दुई जनालाई पक्राउ गरेको छ, जसले पोखराको एक पसल लुटेका थिए।")]
    [InlineData("te", "పోలీసులు రాత్రి ఇద్దరిని అరెస్టు చేశారు.")]
    [InlineData("ja", "警察は土曜日未明、市内の店舗に押し入ったとして男二人を逮捕したと発表した。")]
    [InlineData("zh", "警方周六凌晨逮捕了两名抢劫市中心商店的男子。")]
    [InlineData("ko", "경찰은 토요일 새벽 시내 상점을 턴 남성 두 명을 체포했다고 밝혔다.")]
    [InlineData("el", "Η αστυνομία συνέλαβε δύο άνδρες.")]
    public void Languages_of_one_script_are_told_apart(string code, string text) => Assert.Equal(code, Code(text));

    [Fact]
    public void Capitals_are_letters_too() => Assert.Equal("de", Code("DIE POLIZEI HAT IN DER NACHT ZWEI MÄNNER FESTGENOMMEN"));

    [Fact]
    public void Most_of_the_text_decides_not_its_beginning()
    {
        const string Ukrainian = "Поліція затримала двох чоловіків, які вночі пограбували крамницю в центрі Луцька. ";
        const string English = "Police have arrested two men who robbed a shop in the centre of town at night. ";
        static string Times(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
        Assert.Equal("en", Code(Times(Ukrainian, 5) + Times(English, 20)));
        Assert.Equal("uk", Code(Times(English, 5) + Times(Ukrainian, 20)));
        Assert.Equal("en", Code(Times("Accepter tous les cookies et continuer vers le site de notre journal. ", 5) + Times(English, 20)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("123 456 !")]
    [InlineData("🎉🎉")]
    [InlineData("\uD83C\uDF89\uD83C")]
    public void Without_letters_there_is_no_language(string text) => Assert.Equal(new("und", 0), Detector.Detect(text));

    [Fact]
    public void What_could_be_many_languages_is_none() => Assert.Equal("und", Code("Lisboa"));

    [Fact]
    public void The_shorter_the_text_the_less_certain()
    {
        const string Text = "Regeringen vil have flere penge til skolerne, siger ministeren efter mødet i København.";
        var confidences = new[] { 10, 30, Text.Length }.Select(length => Detector.Detect(Text[..length]).Confidence).ToList();
        Assert.Equal(confidences.Order(), confidences);
        Assert.InRange(confidences[0], 0.01, 0.8);
        Assert.InRange(confidences[2], 0.95, 1);
    }

    [Fact]
    public void A_user_may_add_a_language_by_its_words()
    {
        var folder = Directory.CreateTempSubdirectory("words").FullName;
        File.WriteAllText(Path.Combine(folder, "language-words.tsv"), "tlh\t\tqapla' jih soh tlhingan maH wo' ghaH joh puv qaStaHvIS nuqneH batlh Daq\n");
        var detector = new LanguageDetector(new Knowledge(Path.Combine(AppContext.BaseDirectory, "knowledge"), folder));
        Assert.Equal("tlh", detector.Detect("nuqneH qapla' batlh tlhingan maH qaStaHvIS wo' joh ghaH").Code);
        Assert.NotEqual("tlh", Code("nuqneH qapla' batlh tlhingan maH qaStaHvIS wo' joh ghaH"));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\uD83C")]
    [InlineData("שלום ")]
    [InlineData("ああ漢")]
    [InlineData("e\u0301")]
    public void Anything_of_any_length_has_an_answer(string unit) =>
        Assert.InRange(Detector.Detect(string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length))).Confidence, 0, 1);
}
