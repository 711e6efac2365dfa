// SPDX-License-Identifier: AGPL-3.0-or-later
#include "benchmarks.h"

#include "chrona/events/entity_mapping.h"
#include "chrona/events/novelty.h"
#include "chrona/events/story_clusters.h"
#include "chrona/events/text_vector.h"

#include <array>
#include <ctime>
#include <format>
#include <random>

namespace chrona::bench {
namespace {

constexpr std::size_t kHeadlines = 40'000;

/// As news is: some 40 stories an hour, each told by several in other words.
std::vector<std::string> makeHeadlines()
{
    constexpr std::array kWho{"Central bank",  "Finance ministry", "Port authority", "OPEC",
                              "Parliament",    "Health office",    "Steel makers",   "The ECB",
                              "Grid operator", "Border police",    "Farmers' union", "Court"};
    constexpr std::array kDoes{"raises", "cuts",         "halts",   "approves",
                               "delays", "investigates", "expands", "rejects"};
    constexpr std::array kWhat{"interest rates",    "oil output",    "grain exports", "tariffs",
                               "vaccine programme", "gas pipeline",  "budget plan",   "rail strike",
                               "chip factory",      "flood defences"};
    constexpr std::array kWhere{"in Germany", "in Texas", "in Ontario", "in Brazil", "in Kyiv",
                                "in Osaka",   "in Lagos", "in Spain",   "in Perth",  "in Chile"};
    std::mt19937_64 random(5);
    const auto pick = [&](const auto &words) { return words[random() % words.size()]; };
    std::vector<std::string> headlines;
    for (std::size_t i = 0; i < kHeadlines; ++i)
        headlines.push_back(std::format("{} {} {} {} after week {} talks", pick(kWho), pick(kDoes),
                                        pick(kWhat), pick(kWhere), i / 400));
    return headlines;
}

double ownSeconds()
{
    return double(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

Result<Report> benchEnrichment()
{
    auto places = events::PlaceNames::shipped();
    if (!places)
        return std::unexpected(places.error());
    const events::EntityMapper mapper(std::move(*places));
    const auto headlines = makeHeadlines();
    events::StoryClusters stories;
    events::Novelty novelty;
    std::size_t links = 0;
    const double begin = ownSeconds();
    for (std::size_t i = 0; i < headlines.size(); ++i) {
        const events::TopicText text{headlines[i], {}, {}};
        const Instant at = Instant(std::chrono::seconds(9 * i));
        links += mapper.map(text).links.size();
        stories.add({headlines[i], "desk.example", at});
        links += novelty.add({headlines[i], "desk.example", at}) > 0.5 ? 1 : 0;
        links += events::vectorOf(text).size();
        if (i % 1024 == 0)
            links += stories.takeFinal().size();
    }
    stories.settle();
    const double seconds = ownSeconds() - begin;
    if (links == 0)
        return fail(ErrorCode::Corrupt, "nothing was found in any headline");
    return Report{{"ingest.enrichment", double(headlines.size()) / seconds, "headlines/s",
                   std::format("{} headlines: topic, places, bodies, exposures, near duplicates, "
                               "stories, novelty, vector; no model, one core's time",
                               headlines.size())}};
}

} // namespace chrona::bench
