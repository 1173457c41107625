using System.Collections.Frozen;

namespace Monitoring.Ingest.Pages;

/// <summary>Month names, inflected and abbreviated, as the languages of the news write them (CLDR, and what newspapers do beside it).</summary>
static class DateMonths
{
    static readonly string[] Names =
    [
        """
        jan january januari januar jän jänner janvier janv enero ene janeiro gennaio gen gener ianuarie ian tammikuu tammikuuta stycznia styczeń sty ledna leden led
        januára január januara siječnja siječanj január jaanuar jaan janvāris janvārī sausio saus ocak oca janar urtarrila urtarrilaren xaneiro xan
        января январь янв січня січень січ януари яну јануар јануара јануари студзеня ιανουαρίου ιανουάριος ιαν يناير كانون جانفي ינואר בינואר जनवरी มกราคม ม.ค. yanvar қаңтар
        """,
        """
        feb february februari februar februára februára febrero fevereiro fev febbraio février fevrier fév fevr févr febrer febr februarie helmikuu helmikuuta lutego luty lut února únor unora
        február februára veljače veljača veebruar veebr februāris februārī vasario vas şubat şub subat shkurt otsaila otsailaren febreiro
        февраля февраль фев февр лютого лютий лют февруари фебруар фебруара фебруари лютага φεβρουαρίου φεβρουάριος φεβ فبراير شباط فيفري פברואר בפברואר फरवरी กุมภาพันธ์ ก.พ. fevral ақпан
        """,
        """
        mar march maret maart mrt märz marz mär maerz mars marzo março marco març martie maaliskuu maaliskuuta marca marzec března březen brezna bře märts marts martā mart kovo
        ožujka ožujak március márc marec martxoa martxoaren марта март мар березня березень бер марта сакавіка μαρτίου μάρτιος μαρ مارس آذار מרץ במרץ मार्च มีนาคม มี.ค. наурыз
        """,
        """
        apr april avril avr abril abr aprile aprilie huhtikuu huhtikuuta kwietnia kwiecień kwi dubna duben dub apríla apríl aprila travnja travanj április ápr aprill aprīlis aprīlī
        balandžio bal nisan nis prill apirila apirilaren апреля апрель апр квітня квітень кві април априла красавіка απριλίου απρίλιος απρ أبريل ابريل نيسان أفريل אפריל באפריל अप्रैल เมษายน เม.ย. aprel сәуір
        """,
        """
        may mai maj mei mayo maio maggio mag maig toukokuu toukokuuta maja května květen kvetna kvě mája máj svibnja svibanj május máj maijs maijā gegužės geg mayıs mayis maiatza maiatzaren
        мая май травня травень тра мај маја мај мая травеня μαΐου μαίου μάιος μαι مايو أيار ماي מאי במאי मई พฤษภาคม พ.ค. мамыр
        """,
        """
        jun june juni juin junio junho giugno giu juny iunie iun kesäkuu kesäkuuta kesäk czerwca czerwiec cze června červen cervna čvn júna jún lipnja lipanj június jún juuni jūnijs jūnijā birželio birž
        haziran haz qershor ekaina ekainaren xuño июня июнь июн червня червень чер юни јун јуна јуни чэрвеня ιουνίου ιούνιος ιουν يونيو حزيران جوان יוני ביוני जून มิถุนายน มิ.ย. iyun маусым
        """,
        """
        jul july juli juillet juil julio julho luglio lug juliol iulie iul heinäkuu heinäkuuta lipca lipiec lip července červenec cervence čvc júla júl srpnja srpanj július júl juuli jūlijs jūlijā liepos
        temmuz tem korrik uztaila uztailaren xullo июля июль июл липня липень лип юли јул јула јули ліпеня ιουλίου ιούλιος ιουλ يوليو تموز جويلية יולי ביולי जुलाई กรกฎาคม ก.ค. iyul шілде
        """,
        """
        aug august augustus août aout agosto ago agost augusti elokuu elokuuta sierpnia sierpień sie srpna srpen srp augusta kolovoza kolovoz augusztus augusts augustā rugpjūčio rugp
        ağustos ağu agustos agus gusht abuztua abuztuaren августа август авг серпня серпень сер жніўня αυγούστου αύγουστος αυγ أغسطس اغسطس آب أوت אוגוסט באוגוסט अगस्त สิงหาคม ส.ค. avqust avgust avg тамыз
        """,
        """
        sep sept september septembre septiembre setiembre setembro set settembre septembrie setembre syyskuu syyskuuta września wrzesień wrz září zari zář septembra rujna rujan szeptember szept
        septembris septembrī rugsėjo rugs eylül eyl eylul shtator iraila irailaren сентября сентябрь сен сент вересня вересень вер септември септембар септембра верасня
        σεπτεμβρίου σεπτέμβριος σεπ سبتمبر أيلول ספטמבר בספטמבר सितंबर सितम्बर กันยายน ก.ย. sentyabr septembar қыркүйек
        """,
        """
        oct okt october oktober octobre octubre outubro out ottobre ott octombrie lokakuu lokakuuta października październik paź října říjen rijna říj októbra október oktobra október oktoober
        oktobris oktobrī spalio spal ekim eki tetor urria urriaren октября октябрь окт жовтня жовтень жов октомври октобар октобра кастрычніка
        οκτωβρίου οκτώβριος οκτ أكتوبر اكتوبر אוקטובר באוקטובר अक्टूबर ตุลาคม ต.ค. oktyabr oktobar қазан
        """,
        """
        nov november novembre noviembre novembro noiembrie noi marraskuu marraskuuta listopada listopad lis novembra studenoga studenog studeni novembris novembrī lapkričio lapkr
        kasım kas kasim nëntor azaroa azaroaren ноября ноябрь ноя нояб листопада листопад лис ноември новембар новембра лістапада νοεμβρίου νοέμβριος νοε نوفمبر نونبر נובמבר בנובמבר
        नवंबर नवम्बर พฤศจิกายน พ.ย. noyabr novembar қараша
        """,
        """
        dec dez december disember dezember décembre decembre déc diciembre dic dezembro dicembre desembre des desember decembrie joulukuu joulukuuta grudnia grudzień gru prosince prosinec pro decembra prosinca
        prosinac december dets detsember decembris decembrī gruodžio gruod aralık ara aralik dhjetor abendua abenduaren decembro декабря декабрь дек грудня грудень гру декември децембар децембра снежня
        δεκεμβρίου δεκέμβριος δεκ ديسمبر دجنبر דצמבר בדצמבר दिसंबर दिसम्बर ธันวาคม ธ.ค. dekabr decembar желтоқсан
        """,
    ];

    static readonly FrozenDictionary<string, int> Months = Names
        .SelectMany((names, month) => names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(name => (Name: name, Month: month + 1)))
        .DistinctBy(item => item.Name).ToFrozenDictionary(item => item.Name, item => item.Month);

    static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup = Months.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>1–12, or 0 where it is no month. Polish and Czech November is Croatian October, hence the language.</summary>
    public static int Of(ReadOnlySpan<char> name, string? language)
    {
        if (name.Length > 16) return 0;
        Span<char> lower = stackalloc char[name.Length];
        if (name.ToLowerInvariant(lower) < 0) return 0;
        ReadOnlySpan<char> word = lower.TrimEnd('.');
        if (word is "listopada" or "listopad" && language is not null && (language.StartsWith("hr", StringComparison.OrdinalIgnoreCase) || language.StartsWith("bs", StringComparison.OrdinalIgnoreCase))) return 10;
        return Lookup.TryGetValue(word, out var month) ? month : 0;
    }
}
