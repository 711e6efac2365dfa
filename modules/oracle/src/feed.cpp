// SPDX-License-Identifier: AGPL-3.0-or-later
#include "judgement.h"

#include <algorithm>
#include <cmath>

namespace chrona::oracle {
namespace {

constexpr double kStartDeviation = 12; ///< bps, of the first consensus
constexpr double kUrgentSeconds = 4;   ///< in which the haste of a moving market fades
constexpr double kRateSeconds = 15;    ///< the same of a rate
constexpr std::int64_t kRelaxEveryMs = 500;
constexpr std::int64_t kLostAfterMs = 20'000;
/// A clock that jumps further than this has not told of passing time.
constexpr std::int64_t kStepMsMax = 3'600'000;

} // namespace

Feed::State::State(FeedSetup given, const Policy &policy)
    : setup(std::move(given)), m_policy(policy),
      m_filter({setup.currencies.size(), setup.venues.size()}), m_venues(setup.venues.size()),
      m_views(setup.currencies.size()), m_trades(30), m_plainRates(setup.currencies.size(), 1.0)
{
    m_restless.variance = policy.volatilityBps * policy.volatilityBps;
    m_restless.rate.assign(setup.currencies.size(),
                           policy.rateVolatilityBps * policy.rateVolatilityBps);
    m_restless.bias.assign(setup.currencies.size(), 0.0);
    for (std::size_t i = 0; i < m_venues.size(); ++i) {
        const VenueProfile &profile = setup.venues[i];
        VenueMemory &venue = m_venues[i];
        venue.traits = LearnedTraits(profile, policy);
        venue.share = profile.share;
        m_groups.push_back(profile.group);
    }
    learnTraits(); // what a run before had learned counts from the first message on
    for (std::size_t i = 0; i < m_venues.size(); ++i)
        m_filter.startBasis(i);
}

/// What follows from what is known of a venue.
void Feed::State::applyTraits(std::size_t index)
{
    VenueMemory &venue = m_venues[index];
    const double half = venue.traits.halfSpreadBps();
    const double noise = m_policy.noiseFloorBps + m_policy.noisePerSpread * half;
    venue.halfSpreadBps = half;
    venue.noiseVariance = noise * noise * venue.traits.noiseFactor();
    venue.lagMs = 1e3 * std::min(m_policy.lagPerSpreadSeconds * half, m_policy.lagSecondsMax);
    venue.influence = std::min(venue.share, m_policy.venueWeightMax);
    m_filter.setBasisPrior(index, m_policy.basisPerSpread * std::pow(half, m_policy.basisPower));
}

/// Shares of those who tell their volume divide what the table gives them together; who tells none
/// keeps the table's.
void Feed::State::learnTraits()
{
    double table = 0, volume = 0;
    for (const VenueMemory &venue : m_venues)
        if (venue.traits.volume() > 0) {
            table += venue.traits.tableShare();
            volume += venue.traits.volume();
        }
    for (std::size_t i = 0; i < m_venues.size(); ++i) {
        VenueMemory &venue = m_venues[i];
        const double known = venue.traits.tableShare();
        if (venue.traits.volume() > 0)
            venue.share = std::clamp(table * venue.traits.volume() / volume,
                                     known / m_policy.shareFactorMax,
                                     std::min(known * m_policy.shareFactorMax, 1.0));
        applyTraits(i);
    }
}

/// Time passes: the factor and the rates may have moved, unseen.
void Feed::State::advance(std::int64_t toMs)
{
    const double seconds =
        static_cast<double>(std::clamp<std::int64_t>(toMs - m_nowMs, 0, kStepMsMax)) / 1e3;
    m_nowMs = std::max(m_nowMs, toMs);
    if (!m_started || seconds <= 0)
        return;
    m_filter.diffuseFactor((m_restless.variance + m_restless.urgent) * seconds);
    m_restless.urgent *= std::max(1 - seconds / kUrgentSeconds, 0.0);
    const double floor = m_policy.rateVolatilityBps * m_policy.rateVolatilityBps;
    for (std::size_t c = 1; c < m_views.size(); ++c) {
        m_filter.diffuseRate(c, m_restless.rate[c] * seconds);
        m_restless.rate[c] =
            floor + (m_restless.rate[c] - floor) * std::max(1 - seconds / kRateSeconds, 0.0);
    }
    if (m_nowMs - m_relaxedMs >= kRelaxEveryMs) {
        m_filter.relax(static_cast<double>(m_nowMs - m_relaxedMs) / 1e3,
                       m_policy.basisMemorySeconds);
        m_relaxedMs = m_nowMs;
        if (m_policy.traitMemorySeconds > 0)
            learnTraits();
    }
}

/// Nothing has been taken in for so long that what was known may be far from what is.
bool Feed::State::isLost() const
{
    return m_nowMs - m_absorbedMs > kLostAfterMs;
}

void Feed::State::recordHistory()
{
    for (std::size_t c = 0; c < m_views.size(); ++c)
        m_views[c].put(m_nowMs, viewOf(c));
}

Plausible Feed::State::plausible(std::size_t currency) const
{
    if (!m_started || isLost())
        return {1e-18, 1e11};
    const double centre = priceOf(viewOf(currency));
    return {centre / m_policy.priceFactorMax, centre * m_policy.priceFactorMax};
}

TickVerdict Feed::State::update(const Tick &given)
{
    const bool isRate = given.kind == TickKind::Rate;
    if (given.venue >= m_venues.size() ||
        (isRate && (given.currency == 0 || given.currency >= m_views.size())))
        return {TickClass::BadPrice, TickReason::Unreadable};
    Tick tick = given;
    // Streams of several connections are merged by arrival, and a step back is the merger's.
    tick.receivedMs = m_nowMs == 0 ? given.receivedMs : std::max(given.receivedMs, m_nowMs);
    advance(tick.receivedMs);
    return isRate ? updateRate(tick) : updatePrice(tick);
}

/// A direct quote of a stable currency. Nobody is gated out who lies within a factor of two: a
/// depeg shows here first; but one message moves the rate by a bounded step only.
TickVerdict Feed::State::updateRate(const Tick &tick)
{
    constexpr Plausible kNearPar{0.5, 2.0};
    const Reading reading = readPrice(tick, m_policy.rateNoiseBps, kNearPar, m_policy);
    if (!reading.usable)
        return reading.verdict;
    m_plainRates[tick.currency] = priceOf(reading.value);
    if (!m_started)
        return reading.verdict;
    const double noise = m_policy.rateNoiseBps * m_policy.rateNoiseBps + reading.extraVariance;
    const double innovation = reading.value - m_filter.rate(tick.currency);
    double variance = m_filter.rateVariance(tick.currency) + noise;
    const double excess = innovation * innovation - 9 * variance;
    if (excess > 0) {
        const double bounded = std::min(excess, 400.0);
        m_restless.rate[tick.currency] += 0.3 * bounded;
        m_filter.diffuseRate(tick.currency, bounded);
        variance += bounded;
    }
    const double reach = m_policy.huberSigmas * std::sqrt(variance);
    m_filter.updateRate(tick.currency, std::clamp(innovation, -reach, reach), noise);
    recordHistory();
    return reading.verdict;
}

TickVerdict Feed::State::updatePrice(const Tick &tick)
{
    VenueMemory &venue = m_venues[tick.venue];
    const std::uint64_t print = fingerprintOf(tick);
    if (const TickVerdict *before = venue.prints.find(print))
        return before->judged == TickClass::Sound
                   ? TickVerdict{TickClass::Duplicate, TickReason::Repeated}
                   : *before;
    const VenueClock::Reading clock = venue.clock.read(tick, m_policy);
    Reading reading = readPrice(tick, venue.halfSpreadBps,
                                plausible(setup.venues[tick.venue].currency), m_policy);
    const bool isDoubted = clock.bad && reading.usable;
    const std::int64_t spokenOfMs =
        isDoubted ? momentOf(venue, tick, clock.spokenOfMs, reading) : clock.spokenOfMs;
    TickVerdict verdict = judge(venue, tick, reading, spokenOfMs);
    if (verdict.judged == TickClass::Sound && clock.bad)
        verdict = {TickClass::BadTime, TickReason::Clock};
    venue.prints.remember(print, verdict);
    return verdict;
}

/// Everything about one price message that is neither known already nor about its stamp.
TickVerdict Feed::State::judge(VenueMemory &venue, const Tick &tick, const Reading &reading,
                               std::int64_t spokenOfMs)
{
    const bool isLate = venue.receivedMs != 0 && spokenOfMs < venue.spokenOfMs;
    notePlain(venue, tick);
    if (isLate)
        return reading.verdict; // something newer has been heard: nothing to learn
    const bool repeated = noteArrival(venue, tick, spokenOfMs);
    if (!reading.usable)
        return reading.verdict;
    venue.readable = reading.value;
    venue.readableMs = m_nowMs;
    if (!m_started || isLost())
        tryToStart();
    if (!m_started)
        return reading.verdict;
    const auto index = static_cast<std::size_t>(&venue - m_venues.data());
    const Word word = weigh(venue, index, reading, spokenOfMs);
    if (repeated && venue.frozen.evidence() > m_policy.frozenEvidence) {
        const double off = 1e4 * std::log(tick.last) - viewOf(setup.venues[index].currency);
        if (std::abs(off) > m_policy.frozenBpsMin)
            return {TickClass::BadPrice, TickReason::Frozen};
        return reading.verdict;
    }
    const TickVerdict deviation = judgeDeviation(venue, word);
    venue.contradicted = deviation.judged == TickClass::BadPrice;
    if (venue.contradicted)
        return deviation;
    const bool isTrade = reading.verdict.judged != TickClass::BadPrice && std::isfinite(tick.size);
    if (isTrade && tick.size > 0)
        m_trades.add(m_nowMs, tick.last * priceOf(m_filter.rate(setup.venues[index].currency)),
                     tick.size);
    if (reading.verdict.judged == TickClass::Sound && !repeated)
        venue.traits.observe(tick, m_nowMs);
    return reading.verdict;
}

/// Keeps a message as the venue's last words, whatever they are worth; true when they are the same
/// as the ones before.
bool Feed::State::noteArrival(VenueMemory &venue, const Tick &tick, std::int64_t spokenOfMs) const
{
    const bool repeated = tick.bid == venue.bid && tick.ask == venue.ask && tick.last == venue.last;
    venue.frozen.observe(repeated);
    if (venue.receivedMs != 0)
        venue.usualGapMs +=
            0.05 * (std::min(static_cast<double>(tick.receivedMs - venue.receivedMs),
                             10 * venue.usualGapMs) -
                    venue.usualGapMs);
    venue.bid = tick.bid;
    venue.ask = tick.ask;
    venue.last = tick.last;
    venue.receivedMs = tick.receivedMs;
    venue.spokenOfMs = spokenOfMs;
    return repeated;
}

/// What a provider without gates would remember: the baseline that is shown beside the consensus,
/// and what the band layer takes others for.
void Feed::State::notePlain(VenueMemory &venue, const Tick &tick) const
{
    if (!(tick.last > 0) || !std::isfinite(tick.last))
        return;
    const bool known = !std::isnan(venue.plainLast) && tick.receivedMs - venue.plainAtMs <= 60'000;
    const double factor = tick.last / venue.plainLast;
    if (known && !(factor > 0.5 && factor < 2))
        return;
    venue.plainLast = tick.last;
    venue.plainMid = (tick.bid + tick.ask) / 2;
    venue.plainAtMs = tick.receivedMs;
}

/// Finds a first consensus, or one that was lost because every venue fell silent while the market
/// went on: the median of what is readable now, where enough venues say about the same.
void Feed::State::tryToStart()
{
    std::array<double, kVenuesMax> said{};
    std::size_t count = 0;
    for (const VenueMemory &venue : m_venues)
        if (!std::isnan(venue.readable) && m_nowMs - venue.readableMs <= kLostAfterMs)
            said[count++] = venue.readable;
    if (count < static_cast<std::size_t>(m_policy.venuesMin))
        return;
    std::sort(said.begin(), said.begin() + static_cast<std::ptrdiff_t>(count));
    const double median = (said[(count - 1) / 2] + said[count / 2]) / 2;
    const auto near = std::count_if(said.begin(), said.begin() + static_cast<std::ptrdiff_t>(count),
                                    [&](double x) { return std::abs(x - median) < 200; });
    if (near < m_policy.venuesMin || 2 * static_cast<std::size_t>(near) <= count)
        return;
    m_filter.start(median, kStartDeviation * kStartDeviation);
    m_absorbedMs = m_nowMs;
    m_started = true;
    m_relaxedMs = m_nowMs;
    for (MarketHistory &view : m_views)
        view.start(m_nowMs,
                   median - m_filter.rate(static_cast<std::size_t>(&view - m_views.data())));
}

Feed::Feed(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Feed::~Feed() = default;
Feed::Feed(Feed &&) noexcept = default;
Feed &Feed::operator=(Feed &&) noexcept = default;

Result<Feed> Feed::create(FeedSetup setup, const Policy &policy)
{
    const auto refuse = [&](std::string why) {
        return fail(ErrorCode::InvalidInput, setup.name + ": " + why);
    };
    if (setup.venues.empty() || setup.venues.size() > kVenuesMax)
        return refuse("a feed has 1 to 60 venues");
    if (setup.currencies.empty() || setup.currencies.size() > kCurrenciesMax)
        return refuse("a feed has 1 to 8 currencies, the first its own");
    for (const VenueProfile &venue : setup.venues) {
        if (venue.currency >= setup.currencies.size())
            return refuse(venue.name + " quotes in an unknown currency");
        if (!(venue.share >= 0 && venue.share <= 1))
            return refuse(venue.name + " has no share between 0 and 1");
        if (!(venue.halfSpreadBps > 0 && venue.halfSpreadBps <= 1'000))
            return refuse(venue.name + " has no half spread between 0 and 1000 bp");
    }
    if (!(policy.priceFactorMax > 1 && policy.venuesMin >= 1 && policy.huberSigmas > 0 &&
          policy.volatilityBps > 0 && policy.basisMemorySeconds > 0))
        return refuse("the policy cannot work");
    return Feed(std::make_unique<State>(std::move(setup), policy));
}

TickVerdict Feed::update(const Tick &tick)
{
    return m_state->update(tick);
}

void Feed::answer(std::int64_t atMs, Answer &answer) const
{
    m_state->answer(atMs, answer);
}

const FeedSetup &Feed::setup() const
{
    return m_state->setup;
}

KnownTraits Feed::learned(std::size_t venue) const
{
    return m_state->learned(venue);
}

} // namespace chrona::oracle
