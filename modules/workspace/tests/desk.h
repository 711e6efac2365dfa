// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_selector.h"
#include "chrona/workspace/event_texts.h"
#include "chrona/workspace/event_titles.h"
#include "chrona/workspace/focus.h"
#include "served_world.h"

namespace chrona::workspace::testing {

inline constexpr std::int64_t kFirst = 1'600'000'000'000'000;
inline constexpr std::int64_t kSecond = 1'000'000;

inline std::shared_ptr<const EventSnapshot> snapshotOf(schema::EventColumns columns)
{
    auto snapshot = std::make_shared<EventSnapshot>();
    snapshot->columns = std::move(columns);
    snapshot->sources = {QStringLiteral("usgs"), QStringLiteral("noaa"), QStringLiteral("fed")};
    snapshot->regions = {QStringLiteral("US"), QStringLiteral("CA"), QStringLiteral("MX"),
                         QStringLiteral("GB"), QStringLiteral("DE")};
    return snapshot;
}

/// Focus, store and what hangs on them. The service's part is the test's: it sees what was asked
/// and answers when it likes.
struct Desk {
    Focus focus;
    EventStore store;
    std::vector<ipc::TitleMatchQuery> matchesAsked;
    EventTitles::Answer<ipc::TitleMatchQuery> answerMatches;
    int ordersAsked = 0;
    EventTitles::Answer<ipc::TitleOrderQuery> answerOrder;
    EventTitles titles{store,
                       [this](ipc::TitleMatchQuery request, auto done) {
                           matchesAsked.push_back(std::move(request));
                           answerMatches = std::move(done);
                       },
                       [this](ipc::TitleOrderQuery, auto done) {
                           ++ordersAsked;
                           answerOrder = std::move(done);
                       }};
    EventSelector selector{focus, store, titles};
    std::vector<ipc::EventTextsRequest> asked;
    EventTexts::Answer answer;
    EventTexts texts{[this](ipc::EventTextsRequest request, EventTexts::Answer done) {
        asked.push_back(std::move(request));
        answer = std::move(done);
    }};
};

} // namespace chrona::workspace::testing
