using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Monitoring.Ingest.Feeds.Parsing;

/// <summary>Names of months and zones, in lower case and without diacritics.</summary>
static class FeedDateNames
{
    // By language, full and cut off; a month may be any beginning of three letters or more that no other month has.
    static readonly string[] Months =
    [
        "january jan januar jaenner janner janvier janv enero ene gennaio gen janeiro januari styczen stycznia январь января янв січень січня ιανουαριος ιανουαριου ιαν januarie ianuarie leden ledna ocak siječanj tammikuu sty",
        "february feb februar fevrier fevr fev febrero febbraio fevereiro februari luty lutego lut февраль февраля фев февр лютий лютого φεβρουαριος φεβρουαριου φεβ februarie februarius unor unora subat helmikuu",
        "march mar marz maerz mrz mars marzo março marco maart mrt marzec marca март марта мар березень березня μαρτιος μαρτιου μαρ μαρτ marcius martie brezen brezna mart maaliskuu",
        "april apr avril avr abril abr aprile kwiecien kwietnia kwi апрель апреля апр квітень квітня απριλιος απριλιου απρ aprilis aprilie duben dubna nisan huhtikuu",
        "may mai mayo maggio mag maio mei maj maja май мая травень травня μαιος μαιου μαι majus kveten kvetna mayis toukokuu",
        "june jun juni juin junio giugno giu junho czerwiec czerwca cze июнь июня июн червень червня ιουνιος ιουνιου ιουν junius iunie cerven cervna haziran kesakuu",
        "july jul juli juillet juil julio luglio lug julho lipiec lipca lip июль июля июл липень липня ιουλιος ιουλιου ιουλ julius iulie cervenec cervence temmuz heinakuu",
        "august aug aout agosto ago augustus sierpien sierpnia sie август августа авг серпень серпня αυγουστος αυγουστου αυγ augusztus srpen srpna agustos elokuu",
        "september sep sept septembre septiembre set settembre setembro wrzesien wrzesnia wrz сентябрь сентября сен сент вересень вересня σεπτεμβριος σεπτεμβριου σεπ σεπτ szeptember septembrie zari eylul syyskuu",
        "october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik pazdziernika paz октябрь октября окт жовтень жовтня οκτωβριος οκτωβριου οκτ octombrie rijen rijna ekim lokakuu",
        "november nov novembre noviembre novembro listopad listopada lis ноябрь ноября ноя нояб листопад листопада νοεμβριος νοεμβριου νοε νοεμ noiembrie kasim marraskuu",
        "december dec dezember dez decembre diciembre dic dicembre dezembro grudzien grudnia gru декабрь декабря дек грудень грудня δεκεμβριος δεκεμβριου δεκ decembrie prosinec prosince aralik joulukuu",
    ];

    static readonly FrozenDictionary<string, int> ByName = Months
        .SelectMany((names, i) => names.Split(' ').Select(name => (Name: Plain(name), Month: i + 1)))
        .DistinctBy(month => month.Name).ToFrozenDictionary(month => month.Name, month => month.Month, StringComparer.Ordinal);

    public static bool TryMonth(string name, out int month) => ByName.TryGetValue(Plain(name), out month);

    /// <summary>Second halves of the day.</summary>
    public static readonly FrozenSet<string> Afternoon = FrozenSet.ToFrozenSet(["pm", "오후", "午後", "下午", "μμ"], StringComparer.Ordinal);

    /// <summary>
    /// Minutes east of UTC. Letters as RFC 822 has them, which RSS names, not as RFC 2822 mends them. Of several zones with one name the one that
    /// most publishers are in.
    /// </summary>
    public static readonly FrozenDictionary<string, int> Zones = new Dictionary<string, int>
    {
        ["ut"] = 0, ["utc"] = 0, ["gmt"] = 0, ["z"] = 0, ["wet"] = 0,
        ["adt"] = -180, ["ast"] = -240, ["at"] = -240, ["edt"] = -240, ["est"] = -300, ["et"] = -300, ["cdt"] = -300, ["cst"] = -360, ["ct"] = -360,
        ["mdt"] = -360, ["mst"] = -420, ["mt"] = -420, ["pdt"] = -420, ["pst"] = -480, ["pt"] = -480, ["akdt"] = -480, ["akst"] = -540,
        ["hst"] = -600, ["hdt"] = -540, ["nst"] = -210, ["ndt"] = -150, ["brt"] = -180, ["brst"] = -120, ["art"] = -180, ["clt"] = -240, ["clst"] = -180,
        ["cet"] = 60, ["cest"] = 120, ["met"] = 60, ["mest"] = 120, ["mez"] = 60, ["mesz"] = 120, ["bst"] = 60, ["west"] = 60, ["eet"] = 120, ["eest"] = 180,
        ["msk"] = 180, ["msd"] = 240, ["trt"] = 180, ["idt"] = 180, ["sast"] = 120, ["cat"] = 120, ["wat"] = 60, ["eat"] = 180, ["gst"] = 240, ["irst"] = 210, ["pkt"] = 300, ["ist"] = 330,
        ["npt"] = 345, ["ict"] = 420, ["wib"] = 420, ["hkt"] = 480, ["sgt"] = 480, ["myt"] = 480, ["pht"] = 480, ["awst"] = 480, ["jst"] = 540, ["kst"] = 540,
        ["acst"] = 570, ["acdt"] = 630, ["aest"] = 600, ["aedt"] = 660, ["nzst"] = 720, ["nzdt"] = 780,
        ["a"] = -60, ["b"] = -120, ["c"] = -180, ["d"] = -240, ["e"] = -300, ["f"] = -360, ["g"] = -420, ["h"] = -480, ["i"] = -540, ["k"] = -600, ["l"] = -660, ["m"] = -720,
        ["n"] = 60, ["o"] = 120, ["p"] = 180, ["q"] = 240, ["r"] = 300, ["s"] = 360, ["t"] = 420, ["u"] = 480, ["v"] = 540, ["w"] = 600, ["x"] = 660, ["y"] = 720,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static string Plain(string name) => string.Concat(
        name.Normalize(NormalizationForm.FormD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)).Replace('ς', 'σ');
}
