using System.Text.RegularExpressions;

namespace Monitoring.Ingest.Articles;

/// <summary>Which parameters of an address say how a reader came, not what is read.</summary>
static partial class TrackingParameters
{
    /// <summary>
    /// Never content, on no site we know of. What somewhere names the page stays, however often it tracks elsewhere: id, p, page,
    /// article, story, sid, cid, mod, tag, s, t, v, campaign. An address too many costs a duplicate; one too few, an article.
    /// </summary>
    /// <param name="pair"><c>name</c> or <c>name=value</c>.</param>
    public static bool Is(string pair) => Always().IsMatch(pair) || SharedBy().IsMatch(pair);

    /// <summary>Not content either, but the page may look at it: it stays in the address and only its key does without.</summary>
    public static bool IsForm(string pair) => Amp().IsMatch(pair) || Referrer().IsMatch(pair);

    // By family: analytics (utm, Matomo, AT Internet, Comscore, Adobe, Webtrends), ad clicks, social networks, mail tools, publishers'
    // own campaigns (Guardian CMP, Mail ito, BBC at_, NYT smid, CNN cid not), consent walls (guce), AMP caches, sessions.
    [GeneratedRegex("""
        ^(utm_[\w.-]*|hsa_\w+|_hs\w+|__hs\w+|hsctatracking|pk_\w+|mtm_\w+|matomo_\w+|piwik_\w+|at_\w+|ns_\w+|xtor|xtref|xts|sc_\w+|s_cid|s_kwcid|ef_id|wt[._]\w+|wtmc|dcmp|_openstat
        |fbclid|fb_(action_ids|action_types|source|ref)|mibextid|gclid|gclsrc|dclid|gbraid|wbraid|gad_\w+|_ga|_gl|msclkid|yclid|ymclid|ysclid|twclid|ttclid|li_fat_id|epik|rdt_cid|sccid|tblci|dicbo|obOrigUrl
        |wickedid|irclickid|rb_clickid|__twitter_impression|__tn__|igshid|igsh|ref_src|ref_url|_branch_\w+|trk|trkcampaign
        |mc_\w+|mkt_tok|vero_\w+|oly_(anon|enc)_id|__s|ml_subscriber(_hash)?|ck_subscriber_id
        |cmp|cmpid|cmpgn|icid|int_?cid|ncid|ito|ocid|smid|smtyp|smprod|soc_(src|trk)|sr_share|tsrc|ftag|ftcamp|mbid|sref|leadsource|emc|wprov|xing_share|share_?(id|token|type)|guccounter|guce_\w+|spm|scm_id
        |amp_\w+|usqp|aoh|phpsessid|jsessionid|aspsessionid\w*|cfid|cftoken|oscsid|zenid)(=|$)
        """, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Always();

    // WordPress and its like: which button it was.
    [GeneratedRegex("^share=[a-z-]+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SharedBy();

    [GeneratedRegex(@"^((amp|_amp|is_?amp|__amp_source_origin)(=|$)|(output_?type|output|format|view|mode|type|version|service)=amp(-?[a-z]+)?$|(mobile|ismobile)=(1|true|yes)$|view=mobile$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Amp();

    // As a name it says where the reader was; as a number it may be a file's: ?ref=homepage, but ?ref=2026-113.
    [GeneratedRegex("^(ref|referr?er|source|src|from|via|origin|partner|feature|rss|feed)(=[a-z._-]{0,40})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Referrer();
}
