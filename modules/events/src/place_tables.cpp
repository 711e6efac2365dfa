// SPDX-License-Identifier: AGPL-3.0-or-later
#include "place_tables.h"

namespace chrona::events {
namespace {

constexpr CountryNames kCountries[] = {
    {"AD", "", "andorran"},
    {"AE", "uae emirates", "emirati"},
    {"AF", "", "afghan afghans"},
    {"AG", "antigua", "antiguan"},
    {"AL", "", "albanian albanians"},
    {"AM", "", "armenian armenians"},
    {"AO", "", "angolan angolans"},
    {"AR", "", "argentine argentines argentinian"},
    {"AT", "", "austrian austrians"},
    {"AU", "", "australian australians aussie aussies"},
    {"AZ", "", "azerbaijani azeri azeris"},
    {"BA", "bosnia", "bosnian bosnians"},
    {"BB", "", "barbadian"},
    {"BD", "", "bangladeshi bangladeshis"},
    {"BE", "", "belgian belgians"},
    {"BF", "", "burkinabe"},
    {"BG", "", "bulgarian bulgarians"},
    {"BH", "", "bahraini bahrainis"},
    {"BI", "", "burundian"},
    {"BJ", "", "beninese"},
    {"BN", "brunei", "bruneian"},
    {"BO", "bolivia", "bolivian bolivians"},
    {"BR", "", "brazilian brazilians"},
    {"BS", "bahamas the_bahamas", "bahamian"},
    {"BT", "", "bhutanese"},
    {"BW", "", "botswanan"},
    {"BY", "", "belarusian belarusians"},
    {"BZ", "", "belizean"},
    {"CA", "", "canadian canadians"},
    {"CD",
     "dr_congo drc democratic_republic_of_the_congo democratic_republic_of_congo "
     "democratic_congo",
     "congolese"},
    {"CF", "", ""},
    {"CG", "congo republic_of_congo", ""},
    {"CH", "", "swiss"},
    {"CI", "ivory_coast cote_d'ivoire", "ivorian ivorians"},
    {"CL", "", "chilean chileans"},
    {"CM", "", "cameroonian"},
    {"CN", "china mainland_china prc", "chinese"},
    {"CO", "", "colombian colombians"},
    {"CR", "", "costa_rican"},
    {"CU", "", "cuban cubans"},
    {"CV", "cape_verde cabo_verde", ""},
    {"CY", "", "cypriot cypriots"},
    {"CZ", "czech_republic czechia", "czech czechs"},
    {"DE", "", "german germans"},
    {"DJ", "", "djiboutian"},
    {"DK", "", "danish danes"},
    {"DM", "", ""},
    {"DO", "", ""},
    {"DZ", "", "algerian algerians"},
    {"EC", "", "ecuadorian ecuadorean"},
    {"EE", "", "estonian estonians"},
    {"EG", "", "egyptian egyptians"},
    {"ER", "", "eritrean eritreans"},
    {"ES", "", "spanish spaniards"},
    {"ET", "", "ethiopian ethiopians"},
    {"FI", "", "finnish finns"},
    {"FJ", "", "fijian fijians"},
    {"FM", "micronesia", ""},
    {"FR", "", "french"},
    {"GA", "", "gabonese"},
    {"GB", "britain great_britain uk united_kingdom england scotland wales northern_ireland",
     "british britons scottish english welsh"},
    {"GD", "", ""},
    {"GE", "georgia", "georgian georgians"},
    {"GH", "", "ghanaian ghanaians"},
    {"GL", "", "greenlandic"},
    {"GM", "gambia the_gambia", "gambian"},
    {"GN", "", "guinean"},
    {"GQ", "", ""},
    {"GR", "", "greek greeks"},
    {"GT", "", "guatemalan guatemalans"},
    {"GW", "", ""},
    {"GY", "", "guyanese"},
    {"HK", "hong_kong", ""},
    {"HN", "", "honduran hondurans"},
    {"HR", "", "croatian croatians croats"},
    {"HT", "", "haitian haitians"},
    {"HU", "", "hungarian hungarians"},
    {"ID", "", "indonesian indonesians"},
    {"IE", "", "irish"},
    {"IL", "", "israeli israelis"},
    {"IN", "", "indian indians"},
    {"IQ", "", "iraqi iraqis"},
    {"IR", "iran", "iranian iranians"},
    {"IS", "", "icelandic icelanders"},
    {"IT", "", "italian italians"},
    {"JM", "", "jamaican jamaicans"},
    {"JO", "", "jordanian jordanians"},
    {"JP", "", "japanese"},
    {"KE", "", "kenyan kenyans"},
    {"KG", "", "kyrgyz"},
    {"KH", "", "cambodian cambodians"},
    {"KM", "", ""},
    {"KN", "", ""},
    {"KP", "north_korea dprk n_korea", "north_korean north_koreans"},
    {"KR", "south_korea s_korea korea", "south_korean south_koreans korean koreans"},
    {"KW", "", "kuwaiti kuwaitis"},
    {"KZ", "", "kazakh kazakhs"},
    {"LA", "laos", "laotian lao"},
    {"LB", "", "lebanese"},
    {"LC", "", ""},
    {"LI", "", ""},
    {"LK", "", "sri_lankan sri_lankans"},
    {"LR", "", "liberian liberians"},
    {"LS", "", ""},
    {"LT", "", "lithuanian lithuanians"},
    {"LU", "", ""},
    {"LV", "", "latvian latvians"},
    {"LY", "libya", "libyan libyans"},
    {"MA", "", "moroccan moroccans"},
    {"MC", "", ""},
    {"MD", "moldova", "moldovan moldovans"},
    {"ME", "", "montenegrin"},
    {"MG", "", "malagasy"},
    {"MH", "", ""},
    {"MK", "north_macedonia macedonia", "macedonian macedonians"},
    {"ML", "", "malian malians"},
    {"MM", "myanmar burma", "burmese"},
    {"MN", "", "mongolian mongolians"},
    {"MO", "macau macao", ""},
    {"MR", "", "mauritanian"},
    {"MT", "", "maltese"},
    {"MU", "", "mauritian"},
    {"MV", "", "maldivian"},
    {"MW", "", "malawian"},
    {"MX", "", "mexican mexicans"},
    {"MY", "", "malaysian malaysians"},
    {"MZ", "", "mozambican"},
    {"NA", "", "namibian"},
    {"NE", "", "nigerien"},
    {"NG", "", "nigerian nigerians"},
    {"NI", "", "nicaraguan nicaraguans"},
    {"NL", "netherlands the_netherlands holland", "dutch"},
    {"NO", "", "norwegian norwegians"},
    {"NP", "", "nepali nepalese"},
    {"NZ", "", "new_zealander new_zealanders kiwis"},
    {"OM", "", "omani omanis"},
    {"PA", "", "panamanian panamanians"},
    {"PE", "", "peruvian peruvians"},
    {"PG", "", ""},
    {"PH", "philippines the_philippines", "filipino filipinos philippine"},
    {"PK", "", "pakistani pakistanis"},
    {"PL", "", "polish poles"},
    {"PR", "", "puerto_rican"},
    {"PS", "palestine gaza gaza_strip west_bank", "palestinian palestinians"},
    {"PT", "", "portuguese"},
    {"PW", "", ""},
    {"PY", "", "paraguayan"},
    {"QA", "", "qatari qataris"},
    {"RO", "", "romanian romanians"},
    {"RS", "", "serbian serbians serbs"},
    {"RU", "russia", "russian russians"},
    {"RW", "", "rwandan rwandans"},
    {"SA", "", "saudi saudis"},
    {"SB", "", ""},
    {"SC", "", ""},
    {"SD", "", "sudanese"},
    {"SE", "", "swedish swedes"},
    {"SG", "", "singaporean singaporeans"},
    {"SI", "", "slovenian slovenians"},
    {"SK", "", "slovak slovaks"},
    {"SL", "", ""},
    {"SN", "", "senegalese"},
    {"SO", "", "somali somalis"},
    {"SR", "", "surinamese"},
    {"SS", "", "south_sudanese"},
    {"SV", "", "salvadoran salvadorans"},
    {"SY", "syria", "syrian syrians"},
    {"SZ", "eswatini swaziland", "swazi"},
    {"TD", "", "chadian"},
    {"TG", "", "togolese"},
    {"TH", "", "thai thais"},
    {"TJ", "", "tajik tajiks"},
    {"TL", "east_timor timor_leste", "timorese"},
    {"TM", "", "turkmen"},
    {"TN", "", "tunisian tunisians"},
    {"TO", "", "tongan"},
    {"TR", "turkey turkiye", "turkish turks"},
    {"TT", "trinidad", "trinidadian"},
    {"TW", "taiwan", "taiwanese"},
    {"TZ", "tanzania", "tanzanian tanzanians"},
    {"UA", "", "ukrainian ukrainians"},
    {"UG", "", "ugandan ugandans"},
    {"US", "usa united_states america united_states_of_america", "american americans"},
    {"UY", "", "uruguayan"},
    {"UZ", "", "uzbek uzbeks"},
    {"VA", "vatican holy_see", ""},
    {"VE", "venezuela", "venezuelan venezuelans"},
    {"VN", "vietnam viet_nam", "vietnamese"},
    {"VU", "", ""},
    {"WS", "", "samoan samoans"},
    {"XK", "", "kosovar kosovars kosovan"},
    {"YE", "", "yemeni yemenis"},
    {"ZA", "", "south_african south_africans"},
    {"ZM", "", "zambian zambians"},
    {"ZW", "", "zimbabwean zimbabweans"},
};

constexpr RegionNames kRegions[] = {
    {"US-AL", "ala"},
    {"US-AK", "alaskan"},
    {"US-AZ", "ariz"},
    {"US-AR", "ark"},
    {"US-CA", "calif californian californians"},
    {"US-CO", "colo"},
    {"US-CT", "conn"},
    {"US-FL", "fla floridians"},
    {"US-IL", "ill"},
    {"US-IN", "ind"},
    {"US-KS", "kan"},
    {"US-MA", "mass"},
    {"US-MD", "md"},
    {"US-MI", "mich"},
    {"US-MN", "minn"},
    {"US-MO", "mo"},
    {"US-MS", "miss"},
    {"US-MT", "mont"},
    {"US-ND", "n.d."},
    {"US-NE", "neb"},
    {"US-NV", "nev"},
    {"US-NH", "n.h."},
    {"US-NJ", "n.j. jersey"},
    {"US-NM", "n.m."},
    {"US-NY", "n.y."},
    {"US-NC", "n.c."},
    {"US-OK", "okla"},
    {"US-OR", "ore"},
    {"US-PA", "penn pa"},
    {"US-RI", "r.i."},
    {"US-SC", "s.c."},
    {"US-SD", "s.d."},
    {"US-TN", "tenn"},
    {"US-TX", "tex texans texan"},
    {"US-VA", "va"},
    {"US-VT", "vt"},
    {"US-WA", "wash washington_state"},
    {"US-WI", "wis"},
    {"US-WV", "w.va."},
    {"US-WY", "wyo"},
    {"US-DC", "washington_dc washington d.c. dc"},
    {"CA-QC", "quebec quebecois"},
    {"CA-NL", "newfoundland labrador"},
    {"CA-PE", "p.e.i. pei"},
    {"CA-BC", "b.c."},
    {"CA-ON", "ont"},
    {"CA-AB", "alta"},
    {"CA-MB", "man"},
    {"CA-SK", "sask"},
};

constexpr NameContext kContexts[] = {
    {"georgia", "US-GA",
     "atlanta savannah augusta macon senator senate governor gov kemp peach bulldogs uga alabama "
     "florida carolina tennessee gop republican democrat runoff district legislature state county "
     "sheriff deputies tech"},
    {"georgia", "GE",
     "tbilisi batumi russia russian moscow putin saakashvili ossetia ossetian abkhazia abkhaz "
     "caucasus nato eu armenia azerbaijan kremlin ukraine dream"},
    {"jordan", "JO",
     "amman king abdullah hussein israel israeli syria syrian syrians refugees iraq iraqi "
     "palestinian queen rania aqaba zarqa kingdom saudi"},
    {"jordan", "",
     "michael nba bulls nike shoes sneakers spieth eminem coach basketball air quarterback "
     "peterson"},
    {"turkey", "",
     "thanksgiving recipe recipes roast stuffing dinner sandwich leftovers bowl gravy"},
    {"turkey", "TR", "ankara istanbul erdogan lira nato kurdish syria eu cyprus"},
    {"washington", "US-WA",
     "seattle spokane tacoma boeing olympia mudslide oso inslee oregon idaho pot cougars huskies"},
    {"washington", "", "denzel kerry redskins wizards nationals capitals monument george"},
    {"chad", "TD", "darfur sudan sudanese ndjamena libya cameroon niger refugees rebels deby lake"},
    {"chad", "", "hanging johnson ochocinco"},
    {"new york", "US-NY", "state albany buffalo cuomo hochul rochester syracuse upstate"},
    {"birmingham", "US-AL", "alabama ala uab"},
    {"cambridge", "US-MA", "mit harvard massachusetts mass boston"},
    {"paris", "", "hilton jackson saint-germain psg"},
    {"china", "", "bone porcelain teacup"},
    {"guinea", "", "pig pigs fowl"},
    {"lebanon", "US-TN", "tennessee tenn"},
    {"moscow", "US-ID", "idaho boise"},
    {"athens", "US-GA", "georgia uga bulldogs"},
    {"columbia", "US-SC", "south_carolina gamecocks"},
    {"orlando", "", "bloom"},
    {"houston", "", "whitney"},
    {"phoenix", "", "joaquin suns rover lander"},
    {"israel", "", "adesanya"},
    {"london", "CA-ON", "ontario ont canada canadian"},
    {"victoria", "CA-BC", "b.c. vancouver british_columbia canada canadian"},
    {"victoria", "", "beckham queen secret"},
    {"jersey", "", "retired number jerseys"},
};

} // namespace

std::span<const CountryNames> countryNames()
{
    return kCountries;
}

std::span<const RegionNames> regionNames()
{
    return kRegions;
}

std::span<const NameContext> nameContexts()
{
    return kContexts;
}

std::string_view wordsThatAreCities()
{
    return "lira real rand won nice reading mobile bath orange split sale most batman surprise "
           "enterprise "
           "independence "
           "eugene irving grand central union hope liberty progress commerce normal police man "
           "university gay best male victory federal bor of ho hit same as bar ara mission "
           "corona aurora garland grand_prairie pearl sandy rapid prince of_mice fort lake delta "
           "van hamilton salem warren santa san los la valencia concord fargo carlsbad barry "
           "rally march salt bari mary moss bergen peoria kent rugby sandwich chelsea "
           "davis manage allen tyler clinton lincoln jackson douglas carson norman murray bradford "
           "gary newport young sunrise flint gap lens tours angers nancy brest along "
           "battle bend boulder buffalo temple date eden freedom golden guide homer ideal ipoh "
           "ball banks bush lease lee long marks mines much opera oral osh parker pasco paradise "
           "plantation price pride reno rome_city rich rio roman sokol spring star store success "
           "summit sun tall time torch troy wells wen wuhu uman vista wash west worth world";
}

std::string_view namesThatPeopleBear()
{
    return "jordan chad georgia paris houston austin dallas charlotte victoria sydney madison "
           "orlando florence carolina virginia dakota israel kenya london chelsea brooklyn lincoln "
           "jackson washington hamilton cleveland denver phoenix savannah santiago diego francisco "
           "troy kingston preston lancaster york bristol darwin perth adelaide alexandria vienna "
           "siena sofia milan india china asia cuba montana nevada arizona indiana";
}

std::string_view givenNames()
{
    return "michael john david james robert william mary jennifer kerry katie deandre denzel "
           "george "
           "chris chrissy stephen steven paul mark peter kate emma lee jim joe mike dan tom bob "
           "bill steve eric ryan kevin brian jason justin scott adam andrew thomas charles richard "
           "joseph kim sarah jessica ashley amanda lisa laura anna julia nancy linda karen susan "
           "barbara patricia sean tim tony ben sam alex nick matt jack luke harry henry edward "
           "larry jerry frank gary greg jeff ken ron roger simon anthony daniel vernon keyshawn";
}

} // namespace chrona::events
