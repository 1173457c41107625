using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Pages;

/// <summary>Lines that pages print around and between an article's paragraphs, known by their words.</summary>
static class Furniture
{
    /// <summary>Whether the line is an invitation, a notice, a credit or a label, wherever it stands.</summary>
    public static bool IsLine(Block block) =>
        block.Weight < 220 && (
            block.Weight < 80 && Labels.Begin(block.Text)
            || Invitations.Begin(block.Text)
            || Notices.Begin(block.Text)
            || block.Weight < 120 && Credits.IsMatch(block.Text)
            || block.Linked > 0 && (block.Text[0] is '»' or '►' or '▶' or '→' or '>' or '【' || Pointers.Begin(block.Text)));

    /// <summary>Whether the line, above the first paragraph, says who wrote it, when, or how long it takes to read.</summary>
    public static bool IsByline(Block block) =>
        block.Weight < 100 && !(block.Ends && block.Weight >= 40) && (Bylines.Begin(block.Text) || Moments.IsMatch(block.Text));

    /// <summary>Whether the article is over where this line stands: it heads comments or other stories.</summary>
    public static bool EndsArticle(Block block) => block.Weight < 60 && !(block.Ends && block.Kind is BlockKind.Item) && Endings.Begin(block.Text);

    // The whole line.
    static readonly Phrases Labels = new("""
        advertisement|advertising|sponsored( content)?|ad|promoted( content)?|story continues (below|after)( (this )?advertisement)?
        article continues (below|after)( (this|the) ad(vertisement)?)?|continue reading( the main story)?|scroll to continue( with the content)?|loading\W*
        skip (to|past)\b.*|share( this( (article|story|post|page))?)?( on \w+)?( via \w+)?|share on (facebook|twitter|x|whatsapp|linkedin|reddit|email).*
        copy link|link copied|save( (article|story|for later))?|saved|print( (this )?(article|page|story))?|email( (this )?(article|story|to a friend))?|tweet
        pin( it)?|whatsapp|facebook|twitter|x|telegram|linkedin|reddit|instagram|youtube|flipboard|comments?|view comments|\d+ (просмотр(а|ов)?|перегляд(и|ів)?)
        \d+ (comments?|shares?|likes?|views?|min(ute)?s? read)|listen( to (this )?(article|story))?|play|watch( now)?|video|gallery|photos?
        image( source| caption)?|getty images|(image|photo|picture) (source|credit|by)\W.*|back to top|top|close|menu|search|log ?in|sign (in|up)
        subscribe( now)?|register|follow( us)?|more|read more|see more|show more|load more|learn more|next( (article|story|post|page))?
        previous( (article|story|post|page))?|related|tags?|topics?|toggle caption|hide caption|enlarge( this image)?|media caption|file photo|anzeige|werbung
        teilen|drucken|kommentare?|merken|mehr|publicité|partager|imprimer|lecture \d+ min\.?|temps de lecture.*|publicidad|compartir|imprimir|pubblicità
        condividi|stampa|reclame|delen|reklama|udostępnij|compartilhar?|publicidade|annons|dela|реклама|поделиться|поширити|поділитися|печать|друк
        читать далее|广告|分享到?|打印|字号|シェア(する)?|印刷|広告|공유(하기)?|광고|인쇄|شارك|إعلان
        """, @"\W*$");

    // A line of its own that goes on after the words; no sentence of a story begins so.
    static readonly Phrases Invitations = new("""
        sign up (here|now|today|to (receive|get|our)|for (our|the|free|daily|a))|subscribe (to|now|today|here|for (just|only|full|unlimited))
        get (the|our) (latest|best|free|daily|morning|newsletter|app|top)\b.*(inbox|email|newsletter|app|day)
        follow (us|him|her|me|them|@|the \w+|[\w .]{3,30}) (on|via|at|in) (facebook|twitter|x|instagram|linkedin|telegram|youtube|tiktok|google news|bluesky|mastodon|threads)\b
        like us on|join (us on|our|the) .*(telegram|whatsapp|discord|channel|community|conversation|newsletter)|download (the|our) .*app\b|click here (to|for)
        tap here|share this (article|story|post|page|with)|support (our|independent) (journalism|work|newsroom)|donate (now|today|to)
        become a (member|subscriber|patron)|already (a subscriber|a member|have an account)
        this (article|story|post|content) is (for|available to|only available|exclusive)|to (continue|keep) reading\b|(please )?enable javascript
        you need to enable|this (website|site) uses cookies|we use cookies|by (signing up|subscribing|clicking|entering)\b.*(agree|terms|privacy)
        you can unsubscribe|do not sell|view this post on instagram|a post shared by
        have (a|any) (news )?tips?\b.*(contact|email|send|get in touch|let us know|\?)|do you have (a|any) (story|news tip|information)
        got a (story|tip|news tip)|send (us )?(your )?(story|tips?|comments|letters|feedback)\b|contact the (author|reporter|writer|editor)|e-?mail: 
        abonn(ieren|ez-vous|eer|ement)|newsletter\b|melden sie sich|folgen sie uns|folge uns|inscrivez-vous|suivez-nous|recevez (nos|notre|les|la)
        cet article est réservé|il vous reste|suscríb(ete|ase)|síguenos|síganos|sigue toda la información|regístrate|únete a|iscriviti|seguici|abbonati
        resta aggiornato|inscreva-se|assine|siga (o|a|nos)|receba (as|os|nossa)|volg ons|meld je aan|zapisz się|obserwuj nas
        подп(и|і)(сывайтесь|шитесь|шись|суйтесь)|подписаться|підписатися|підпис(уйтесь|атися)|приєднуйтесь|долучайтесь|следите за нами|читайте нас
        читайте .*(telegram|телеграм|viber|google)|стежте за|если вы (нашли|заметили) ошибку|якщо ви (помітили|знайшли|побачили) помилку|помітили помилку
        нашли (ошибку|опечатку)|підтрима(йте|ти) (нас|проєкт|нашу|роботу)|поддержите нас|关注(我们|微信)|扫描二维码|扫码|下载(客户端|app)|更多精彩|责任编辑|纠错|フォローする|メールマガジン|무단전재
        تابعنا|اشترك
        """);

    static readonly Phrases Notices = new("""
        ©|copyright\b.*(\d{4}|reserved|©)|c\) ?\d{4}|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|tutti i diritti
        todos os direitos|все права защищены|усі права захищені
        (photo|photograph|image|picture|foto|bild|fotos?|photos?|фото|imagen|immagine|fotografía|crédit photo|写真|图片来源|사진)( credit| by| courtesy( of)?|graph by|quelle|s?)? ?[:：/|].*$
        (getty images|shutterstock|reuters|afp|epa|ap photo)\W{0,3}$
        (this article|this story|this post|a version of this (article|story)|the post)\b.*(appeared|appears|first published|originally|first on)\b
        (last )?(updated|modified|published|posted)( on| at)?[: ].{0,12}\d.*$
        (published|posted|updated) (\d+|an?|one|two|three) (minutes?|hours?|days?|weeks?|months?) ago|\d+ (min(ute)?s?|hours?|days?|weeks?|months?) ago$
        (source|quelle|fuente|fonte|źródło|zdroj|forrás|kilde|källa|bron|المصدر|来源|出典)s?\s*[:：].{0,40}$|filed under\b|tagged( with)?\b|tags?\s*[:：]|topics?\s*[:：]
        (temas|etiquetas|schlagworte|themen|mots-clés|теги|тэги|мітки|tagi|trefwoorden|関連キーワード|标签|关键词)\s*[:：]|저작권자|무단 ?전재|posted in\b|categor(y|ies|ie|ía)\s*[:：]
        estimated reading time|reading time|lesedauer|\d+ min(ute)?s?\.? (read|de lecture|lesezeit|di lettura|de lectura|чтения|читання)
        (photo|image|picture|illustration) (by|credit|courtesy|via)\b
        """);

    // Asked only of lines that hold a link.
    static readonly Phrases Pointers = new("""
        read( also| more| next| the full| the rest)?( on| about| here)?\s*[:：>|–—-]|read (more|also|next|the full (story|article|report))\b
        (also|more|see|see also|must|don't miss|related|related (story|article|stories|articles|coverage|content|reading|news|video)|recommended|editor'?s'? (pick|note)s?|watch|listen|explore|further reading|more (on this( story)?|from \w+|information|stories))\s*(read)?\s*[:：>|–—]
        (lesen|sehen|hören) sie (auch|hier|mehr|dazu)|mehr (zum thema|dazu|lesen)|lies (auch|mehr)|(à )?(lire|voir|écouter)( aussi| également)?\s*[:：|>]
        lire (aussi|également|la suite)
        (lea|lee|leer|ver|vea|te puede interesar|le puede interesar|más información|puede leer|relacionad[oa])( también| además| más)?\s*[:：|>]
        (lea|lee) (también|además|más)|te puede interesar|leggi (anche|tutto|di più)|(leia|veja|saiba) (também|mais)|lees (ook|meer|verder)|meer over
        läs (också|mer)|les (også|mer)|læs også|lue myös|(czytaj|zobacz|przeczytaj|sprawdź)( także| też| również| więcej)?\b|čtěte také|přečtěte si|olvassa el
        citește și|ayrıca oku|читай(те)? (также|так ?же|ещё|еще|по теме|також|ще|далее|далі|більше|больше)
        (по теме|за темою|смотрите также|дивіться також|подробнее|докладніше|детальніше)\b|相关(阅读|新闻|报道|链接)|延伸阅读|推荐阅读|阅读更多|関連記事|あわせて読みたい|관련 ?기사
        اقرأ (أيضا|أيضًا|المزيد|ايضا)|إقرأ
        """);

    static readonly Phrases Bylines = new("""
        (written |reported |story |posted |text |words? |article )?by\b[: ]|von\b|par\b|por\b|di\b|av\b|af\b|door\b|autore?s?\s*[:：]|author\s*[:：]|reporter\s*[:：]
        текст\s*[:：]|автор[иы]?\s*[:：]|редактор\s*[:：]|作者[:：]|编辑[:：]|记者|来源[:：]|文[／/|]|المصدر|كتب
        """);

    // The whole line, standing where a heading would.
    static readonly Phrases Endings = new("""
        related( (articles?|stor(y|ies)|content|topics?|news|posts?|links?|reading|coverage|videos?|tags?))?
        you (may|might) (also )?(like|be interested.{0,12}|enjoy|have missed)|more (from|on|in|about|by) .{2,40}
        more (stories|news|articles|posts|headlines|like this|to read|coverage)( .*)?|(read|up|watch) next|next up|keep reading
        recommended( (for you|stories|articles|reading|posts))?|(don't|do not) miss|in case you missed it
        most (read|popular|viewed|shared|commented|watched|recent)( .*)?|trending( .*)?|popular( (posts|stories|articles|now|news))?
        top (stories|news|headlines|picks|reads)|latest( (news|stories|articles|posts|headlines|updates?|videos))?|editor'?s'? (picks?|choice)|our picks
        featured( .*)?|also (read|on|in) .*|comments?( \(?\d+\)?| section)?|\d+ (comments?|responses?|thoughts|replies)( (on|to) .*)?|leave a (reply|comment)
        post a comment|add (a|your) comment|join the (conversation|discussion)|have your say|what do you think\W*|share this.*|about the (author|writer)s?
        sign up .*|newsletter|subscribe.*|sponsored( .*)?|promoted( .*)?|from (our partners|around the web|the web)|around the web|paid content
        post navigation|das könnte (sie|dich) auch interessieren|(mehr|weitere) (zum thema|artikel|nachrichten|meldungen|themen|aus .{2,30})|mehr zum thema
        lesen sie auch|meistgelesen.*|kommentare?( \(?\d+\)?)?|\d+ kommentare|ähnliche artikel|verwandte (artikel|themen)|passend zum thema|zur startseite
        (à )?lire aussi|à lire également|sur le même (sujet|thème)|dans la même rubrique|les plus lus|articles? (liés|similaires|associés)|voir aussi
        commentaires?( \(?\d+\)?)?|\d+ commentaires?|vous aimerez aussi|nos derniers articles|te puede interesar|le puede interesar
        (noticias|contenido|artículos|temas) relacionad[oa]s|más (noticias|información|leído|vist[oa]s?|sobre .{2,30}|en .{2,30})|lo más (leído|visto)
        lo último|comentarios?( \(?\d+\)?)?|archivado en.*|leggi anche|potrebbe interessarti.*|articoli correlati|commenti( \(?\d+\)?)?|i più letti
        ultime notizie|leia (também|mais)|veja também|(notícias|matérias|artigos) relacionad[oa]s|mais lidas|comentários?( \(?\d+\)?)?|lees ook
        meer over .{2,30}|gerelateerd(e artikelen)?|reacties( \(?\d+\)?)?|czytaj także|zobacz także|przeczytaj także|komentarze( \(?\d+\)?)?|polecane
        najnowsze|läs (också|mer).*|relaterat|fler artiklar|kommentarer|les også|læs også|читайте (также|також|ещё|еще|по теме)|по теме|за темою
        новости по теме|новини за темою|похожие (новости|статьи|материалы)|схожі (новини|статті|матеріали)|(другие|последние|главные|свежие) новости
        (інші|останні|головні) новини|самое (читаемое|популярное)|найпопулярніше|популярн(ое|е|і новини)|комментари(и|ев)( \(?\d+\)?)?
        коментар(і|ів)( \(?\d+\)?)?|ilgili haberler|yorumlar|相关(新闻|阅读|文章|报道|推荐|链接)|推荐阅读|延伸阅读|热门(新闻|文章|推荐)?|猜你喜欢|网友评论|评论|関連(記事|ニュース|リンク)|おすすめ(記事)?|あわせて読みたい
        人気記事|アクセスランキング|コメント|関連キーワード|관련 ?기사|많이 본 뉴스|댓글|인기 ?기사|اقرأ (أيضا|أيضًا|المزيد)|مواضيع ذات صلة|أخبار ذات صلة|الأكثر قراءة|التعليقات|المزيد من .{2,30}
        """, @"\W*$");

    // "John Smith/Getty Images", "（王海 摄）" at the end of a line that is a picture's; a reporter's name and mail address.
    static readonly Regex Credits = new(@"/ ?(getty images|afp|epa|shutterstock|reuters|ap|dpa|ansa|efe)\)?$|[（(][^（）()]{0,30}(摄|供图)[）)]$|^.{0,40}\S+@\S+\.\w+$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    static readonly Regex Moments = new(@"\b(19|20)\d\d\b.{0,40}$|\b\d{1,2}:\d\d\b|^\W*\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d年\d|\bago\W*$|^(vor|il y a|hace) \d",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
