// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/oracle/recording.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace chrona::oracle {
namespace {

constexpr std::string_view kPlanMark = "chrona ticks 1";
constexpr std::size_t kListMax = 100'000;

/// The words of a line, which stand between tabs.
std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    while (true) {
        const std::size_t tab = line.find('\t');
        words.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos)
            return words;
        line.remove_prefix(tab + 1);
    }
}

/// Reads the words of one line in turn; what is not there or is no number makes it unsound.
class LineWords {
public:
    explicit LineWords(std::vector<std::string_view> words) : m_words(std::move(words)) {}
    std::string text()
    {
        if (m_next == m_words.size()) {
            m_isSound = false;
            return {};
        }
        return std::string(m_words[m_next++]);
    }
    template <class Number> Number number()
    {
        Number value{};
        const std::string word = text();
        const char *end = word.data() + word.size();
        const auto [stop, error] = std::from_chars(word.data(), end, value);
        m_isSound = m_isSound && error == std::errc{} && stop == end;
        return value;
    }
    [[nodiscard]] std::size_t left() const { return m_words.size() - m_next; }
    [[nodiscard]] bool isSound() const { return m_isSound; }

private:
    std::vector<std::string_view> m_words;
    std::size_t m_next = 0;
    bool m_isSound = true;
};

void readVenue(LineWords &line, FeedSetup &feed)
{
    VenueProfile venue;
    venue.name = line.text();
    venue.currency = line.number<std::uint16_t>();
    venue.share = line.number<double>();
    venue.mode = line.number<int>() == 1 ? VenueMode::Poll : VenueMode::Stream;
    venue.halfSpreadBps = line.number<double>();
    venue.group = line.number<std::uint16_t>();
    if (line.left() > 0) {
        KnownTraits &known = venue.known.emplace();
        known.halfSpreadBps = line.number<double>();
        known.volume24h = line.number<double>();
        known.noiseFactor = line.number<double>();
        known.spreadSeconds = line.number<double>();
        known.volumeSeconds = line.number<double>();
    }
    feed.venues.push_back(std::move(venue));
}

bool readLine(LineWords &line, RecordedPlan &plan)
{
    const std::string what = line.text();
    if (what == "epochs") {
        plan.epochStartMs = line.number<std::int64_t>();
        plan.epochMs = line.number<std::int64_t>();
    } else if (what == "synthetic") {
        plan.isSynthetic = line.number<int>() == 1;
    } else if (what == "collector") {
        plan.collectors.push_back(line.text());
    } else if (what == "market") {
        auto &market = plan.markets.emplace_back();
        market.venue = line.text();
        market.symbol = line.text();
    } else if (what == "feed") {
        FeedSetup &feed = plan.feeds.emplace_back();
        feed.name = line.text();
        feed.currencies.clear();
        while (line.left() > 0)
            feed.currencies.push_back(line.text());
    } else if (what == "venue" && !plan.feeds.empty()) {
        readVenue(line, plan.feeds.back());
    } else if (what == "crowd" && !plan.feeds.empty()) {
        while (line.left() > 0 && line.isSound())
            plan.feeds.back().crowd.push_back(line.number<double>());
    } else if (what == "route") {
        RecordedRoute &route = plan.routes.emplace_back();
        route.market = line.number<std::uint32_t>();
        route.feed = line.number<std::uint32_t>();
        route.venueInFeed = line.number<std::uint16_t>();
        route.currency = line.number<std::uint16_t>();
        route.kind = line.number<int>() == 1 ? TickKind::Rate : TickKind::Price;
    } else {
        return false;
    }
    return line.isSound();
}

std::string venueLine(const VenueProfile &venue)
{
    std::string line = std::format("venue\t{}\t{}\t{}\t{:d}\t{}\t{}", venue.name,
                                   venue.currency, venue.share, venue.mode == VenueMode::Poll,
                                   venue.halfSpreadBps, venue.group);
    if (venue.known)
        line += std::format("\t{}\t{}\t{}\t{}\t{}", venue.known->halfSpreadBps,
                            venue.known->volume24h, venue.known->noiseFactor,
                            venue.known->spreadSeconds, venue.known->volumeSeconds);
    return line + "\n";
}

Result<std::uint32_t> numberOf(const RecordedPlan &plan, std::string_view feed)
{
    const auto found = std::ranges::find(plan.feeds, feed, &FeedSetup::name);
    if (found != plan.feeds.end())
        return static_cast<std::uint32_t>(found - plan.feeds.begin());
    std::string names;
    for (const FeedSetup &each : plan.feeds)
        names += (names.empty() ? "" : ", ") + each.name;
    return fail(ErrorCode::NotFound, std::format("the recording has no feed {}", feed),
                std::format("it has {}", names.substr(0, 200)));
}

bool leadsSomewhere(const RecordedPlan &plan, const RecordedRoute &route)
{
    return route.market < plan.markets.size() && route.feed < plan.feeds.size() &&
           route.venueInFeed < plan.feeds[route.feed].venues.size() &&
           route.currency < std::max<std::size_t>(plan.feeds[route.feed].currencies.size(), 1);
}

} // namespace

std::string writePlan(const RecordedPlan &plan)
{
    std::string text(kPlanMark);
    text += std::format("\nepochs\t{}\t{}\nsynthetic\t{:d}\n", plan.epochStartMs, plan.epochMs,
                        plan.isSynthetic);
    for (const std::string &name : plan.collectors)
        text += std::format("collector\t{}\n", name);
    for (const auto &market : plan.markets)
        text += std::format("market\t{}\t{}\n", market.venue, market.symbol);
    for (const FeedSetup &feed : plan.feeds) {
        text += std::format("feed\t{}", feed.name);
        for (const std::string &currency : feed.currencies)
            text += "\t" + currency;
        text += "\n";
        for (const VenueProfile &venue : feed.venues)
            text += venueLine(venue);
        if (feed.crowd.empty())
            continue;
        text += "crowd";
        for (const double figure : feed.crowd)
            text += std::format("\t{}", figure);
        text += "\n";
    }
    for (const RecordedRoute &route : plan.routes)
        text += std::format("route\t{}\t{}\t{}\t{}\t{:d}\n", route.market, route.feed,
                            route.venueInFeed, route.currency, route.kind == TickKind::Rate);
    return text;
}

Result<RecordedPlan> readPlan(std::string_view text)
{
    const auto refuse = [] {
        return fail(ErrorCode::Corrupt, "the recording does not say what was listened to",
                    "it may be of another version");
    };
    if (!text.starts_with(kPlanMark))
        return refuse();
    RecordedPlan plan;
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        LineWords line(wordsOf(text.substr(0, end)));
        if (!readLine(line, plan) ||
            std::max(plan.markets.size(), plan.routes.size()) > kListMax)
            return refuse();
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    const bool isSound = plan.epochMs > 0 && plan.epochStartMs >= 0 &&
                         std::ranges::all_of(plan.routes, [&](const RecordedRoute &route) {
                             return leadsSomewhere(plan, route);
                         });
    if (!isSound)
        return refuse();
    return plan;
}

RecordedReplay::RecordedReplay(const RecordedPlan &plan, std::uint32_t feed, const Policy &policy,
                               Feed made)
    : m_policy(policy), m_feed(std::move(made)), m_band({}, m_feed.setup().crowd)
{
    takePlan(plan, feed);
}

void RecordedReplay::takePlan(const RecordedPlan &plan, std::uint32_t feed)
{
    m_setup = plan.feeds[feed];
    m_number = feed;
    m_epochStartMs = plan.epochStartMs;
    m_epochMs = plan.epochMs;
    m_routes.clear();
    for (const RecordedRoute &route : plan.routes)
        if (route.feed == feed)
            m_routes.push_back(route);
    std::ranges::stable_sort(m_routes, {}, &RecordedRoute::market);
}

Result<RecordedReplay> RecordedReplay::create(const RecordedPlan &plan, std::string_view feed,
                                              const Policy &policy)
{
    const auto number = numberOf(plan, feed);
    if (!number)
        return std::unexpected(number.error());
    auto made = Feed::create(plan.feeds[*number], policy);
    if (!made)
        return std::unexpected(made.error());
    return RecordedReplay(plan, *number, policy, std::move(*made));
}

Status RecordedReplay::follow(const RecordedPlan &plan)
{
    const auto number = numberOf(plan, m_setup.name);
    if (!number)
        return std::unexpected(number.error());
    if (const auto made = Feed::create(plan.feeds[*number], m_policy); !made)
        return std::unexpected(made.error());
    takePlan(plan, *number);
    return {};
}

void RecordedReplay::begin()
{
    auto made = Feed::create(m_setup, m_policy);
    if (!made)
        return; // it was made once to look, so it can be made
    m_feed = std::move(*made);
    m_band = BandLayer({}, m_setup.crowd);
}

void RecordedReplay::take(std::uint32_t market, Tick tick, PublishingSink &sink)
{
    const auto routes = std::ranges::equal_range(m_routes, market, {}, &RecordedRoute::market);
    for (const RecordedRoute &route : routes) {
        tick.venue = route.venueInFeed;
        tick.currency = route.currency;
        tick.kind = route.kind;
        sink.judged(m_ticks++, m_feed.update(tick));
    }
}

void RecordedReplay::reveal(std::uint32_t feed, const RevealedBand &band)
{
    if (feed == m_number)
        m_band.reveal(band);
}

void RecordedReplay::endSecond(std::int64_t atMs, PublishingSink &sink)
{
    m_feed.answer(atMs, m_answer);
    m_band.observe(m_answer);
    sink.answered(m_answer);
    if (atMs >= m_epochStartMs && (atMs - m_epochStartMs) % m_epochMs == 0)
        sink.epochEnded((atMs - m_epochStartMs) / m_epochMs - 1, m_answer,
                        m_band.choose(m_answer));
}

} // namespace chrona::oracle
