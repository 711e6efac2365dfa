// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/events/publisher_family.h"

#include "headline_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace chrona::events {
namespace {

/// Owner or wire, then the names under which it publishes; names without blanks.
struct Family {
    std::string_view name;
    std::string_view members;
};

constexpr std::array kFamilies{
    Family{"reuters", "reuters"},
    Family{"associated press", "ap associatedpress apnews"},
    Family{"agence france-presse", "afp agencefrancepresse"},
    Family{"bloomberg", "bloomberg businessweek bloombergbusinessweek"},
    Family{"dow jones", "dowjones wallstreetjournal wsj marketwatch barrons"},
    Family{"news corp", "nypost newyorkpost thesun heraldsun theaustralian newscomau"},
    Family{"fox", "foxnews foxbusiness fox"},
    Family{"nbcuniversal", "nbcnews nbc cnbc msnbc today todaycom eonline usnbcnews"},
    Family{"abc news", "abcnews abc goodmorningamerica"},
    Family{"paramount", "cbsnews cbs cnet zdnet gamespot mtv vh1 techrepublic"},
    Family{"warner", "cnn cnnmoney cnninternational hln"},
    Family{"time", "time fortune people entertainmentweekly money"},
    Family{"gannett", "usatoday detroitfreepress indystar azcentral"},
    Family{"new york times", "newyorktimes nytimes internationalnewyorktimes"},
    Family{"guardian", "guardian theguardian observer"},
    Family{"bbc", "bbc bbcnews"},
    Family{"daily mail", "dailymail mailonline thisismoney metro"},
    Family{"telegraph", "telegraph telegraphcouk dailytelegraph"},
    Family{"independent", "independent eveningstandard standard"},
    Family{"aol", "huffingtonpost techcrunch engadget aol joystiq dailyfinance moviefone"},
    Family{"conde nast", "wired arstechnica vanityfair vogue newyorker gq"},
    Family{"gawker", "gawker gizmodo kotaku jezebel deadspin lifehacker io9 jalopnik"},
    Family{"vox", "theverge verge vox polygon sbnation recode"},
    Family{"ziff davis", "pcmag ign extremetech mashable"},
    Family{"idg", "pcworld macworld computerworld infoworld networkworld"},
    Family{"yahoo", "yahoo yahoonews yahoofinance"},
    Family{"washington post", "washingtonpost slate"},
    Family{"tribune", "chicagotribune losangelestimes latimes baltimoresun orlandosentinel"},
    Family{"penske", "variety deadline hollywoodreporter billboard rollingstone"},
    Family{"ibtimes", "internationalbusinesstimes ibtimes newsweek"},
    Family{"forbes", "forbes"},
};

constexpr std::string_view kLeftOut =
    "the blog online news com co www edition international us usa uk india canada australia africa "
    "in ca au nz net org rss feeds blogs blogspot uk mobile m";

const std::unordered_map<std::string, std::string_view> &familyByMember()
{
    static const auto table = [] {
        std::unordered_map<std::string, std::string_view> made;
        for (const Family &family : kFamilies)
            for (const Word &member : wordsOf(family.members))
                made.emplace(member.folded, family.name);
        return made;
    }();
    return table;
}

bool isLeftOut(std::string_view word)
{
    static const auto list = wordsOf(kLeftOut);
    return std::ranges::contains(list, word, &Word::folded);
}

} // namespace

std::string publisherFamily(std::string_view publisher)
{
    const auto words = wordsOf(publisher);
    std::string all, core;
    for (const Word &word : words) {
        all += word.folded;
        if (!isLeftOut(word.folded))
            core += word.folded;
    }
    for (const std::string &name : {all, core})
        if (const auto found = familyByMember().find(name); found != familyByMember().end())
            return std::string(found->second);
    return core.empty() ? all : core;
}

} // namespace chrona::events
