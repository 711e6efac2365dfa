// SPDX-License-Identifier: AGPL-3.0-or-later
#include "exact_math.h"
#include "gazetteer.h"
#include "plan.h"
#include "random.h"

#include <algorithm>
#include <array>

namespace chrona::sample {

namespace {

using namespace std::chrono;

PlannedEvent scheduled(Stream stream, Instant at, std::size_t row, float severity)
{
    PlannedEvent event;
    event.observedAt = at.time_since_epoch().count();
    event.anchor = static_cast<std::uint32_t>(row);
    event.severity = severity;
    event.stream = stream;
    return event;
}

/// Eight meetings a year for each bank, six weeks and a half apart, on a Wednesday or Thursday.
void planPolicyRates(World::Plan &plan)
{
    for (std::size_t bank = 0; bank < std::size(kCentralBankCountries); ++bank) {
        Random random(plan.options.seed, "policy-rate", bank);
        double rate = 0.25 * static_cast<double>(random.between(2, 16));
        double momentum = 0;
        const Instant begin{Duration(plan.span.begin)};
        for (Date date = floor<days>(begin) + days(3 + 4 * static_cast<int>(bank));;
             date += days(45)) {
            const Date meeting = date + days((3U + 7U - weekday(date).c_encoding()) % 7U);
            const Instant at = meeting + hours(12 + 2 * static_cast<int>(bank % 4));
            if (at >= plan.options.end)
                break;
            momentum = 0.75 * momentum + 0.6 * random.normal();
            const double step = momentum > 0.7 ? 0.25 : momentum < -0.7 ? -0.25 : 0;
            const double next = std::max(0.0, rate + (step > 0 && momentum > 1.6 ? 0.5 : step));
            plan.policyRates.push_back({static_cast<std::uint16_t>(bank), at, next, rate});
            rate = next;
        }
    }
}

void planEnergyWeeks(World::Plan &plan)
{
    constexpr std::array<double, 3> kMean{0, 40, 560};
    constexpr std::array<double, 3> kDeviation{3.6, 60, 70};
    for (std::uint8_t kind = 0; kind < 3; ++kind) {
        Random random(plan.options.seed, "energy-week", kind);
        double level = random.normal();
        double previous = kMean[kind];
        const Date first = floor<days>(Instant(Duration(plan.span.begin)));
        for (Date date = first + days((3U + kind + 7U - weekday(first).c_encoding()) % 7U);;
             date += days(7)) {
            const Instant at = date + hours(kind == 2 ? 18 : 15) + minutes(30);
            if (at >= plan.options.end)
                break;
            level = (kind == 2 ? 0.97 : 0.6) * level + (kind == 2 ? 0.24 : 0.8) * random.normal();
            const double actual =
                exact::rounded(kMean[kind] + kDeviation[kind] * level, kind == 0 ? 1 : 0);
            const double expected = exact::rounded(
                actual - 0.4 * kDeviation[kind] * random.normal(), kind == 0 ? 1 : 0);
            plan.energyWeeks.push_back({at, kind, actual, previous, expected});
            previous = actual;
        }
    }
}

void planEntries(World::Plan &plan)
{
    Random random(plan.options.seed, "calendar-entries");
    const Date first = floor<days>(Instant(Duration(plan.span.begin)));
    for (Date date = first; date < floor<days>(plan.options.end); date += days(1)) {
        if (weekday(date) == Saturday || weekday(date) == Sunday)
            continue;
        while (random.chance(0.4)) {
            const Instant at =
                date + hours(random.between(6, 19)) + minutes(30 * random.between(0, 1));
            plan.entries.push_back({at, static_cast<std::uint16_t>(random.below(8)),
                                    static_cast<std::uint16_t>(pickCountry(random))});
        }
    }
}

} // namespace

void addScheduled(World::Plan &plan, std::size_t countMax)
{
    planPolicyRates(plan);
    planEnergyWeeks(plan);
    planEntries(plan);
    std::vector<PlannedEvent> events;
    for (std::size_t i = 0; i < plan.policyRates.size(); ++i) {
        const auto &item = plan.policyRates[i];
        const float severity = item.rate == item.previous ? 0.45F : 0.8F;
        events.push_back(scheduled(Stream::RateDecision, item.at, i, severity));
    }
    for (std::size_t i = 0; i < plan.published.releases.size(); ++i) {
        const auto &item = plan.published.releases[i];
        const double surprise = (item.actual - item.expected) / macroSpecs()[item.spec].deviation;
        events.push_back(scheduled(Stream::MacroRelease, item.publishedAt, i,
                                   static_cast<float>(std::min(1.0, 0.3 + std::abs(surprise)))));
    }
    for (std::size_t i = 0; i < plan.energyWeeks.size(); ++i)
        events.push_back(scheduled(Stream::EnergyReport, plan.energyWeeks[i].at, i, 0.35F));
    for (std::size_t i = 0; i < plan.entries.size(); ++i)
        events.push_back(scheduled(Stream::CalendarEntry, plan.entries[i].at, i, 0.2F));
    std::ranges::stable_sort(events, {}, &PlannedEvent::observedAt);
    std::erase_if(events,
                  [&](const PlannedEvent &event) { return event.observedAt < plan.span.begin; });
    if (events.size() > countMax)
        events.erase(events.begin(), events.end() - static_cast<std::ptrdiff_t>(countMax));
    std::array<std::uint32_t, kStreamCount> numbers{};
    for (auto &event : events)
        event.number = numbers[static_cast<std::size_t>(event.stream)]++;
    plan.agenda.events.insert(plan.agenda.events.end(), events.begin(), events.end());
}

} // namespace chrona::sample
