// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/connect/connector.h"

#include <QObject>

namespace chrona::fixture {

/// A connector that has one event to tell, whatever it is given.
class FixtureConnector : public QObject, public connect::Connector {
public:
    [[nodiscard]] Result<connect::Fetched> fetch(const connect::FetchTask &task, connect::Fetcher &,
                                                 std::stop_token) const override
    {
        return connect::Fetched{
            .items = {}, .nextCursor = std::string(task.cursor) + "+", .warnings = {}};
    }
    [[nodiscard]] Result<std::vector<connect::Draft>>
    normalize(const connect::RawItem &item) const override
    {
        schema::Event event;
        event.title = item.payload;
        return std::vector<connect::Draft>{event};
    }
};

} // namespace chrona::fixture
