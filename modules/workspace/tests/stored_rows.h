// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/stored_events_model.h"

#include <QObject>

#include <memory>
#include <vector>

namespace chrona::workspace::testing {

/// A table of so many rows, a second apart, that is asked like the service's; answers when told.
class StoredRows {
public:
    explicit StoredRows(std::int64_t rows) : m_rows(rows) {}

    struct Asked {
        ipc::EventRowsQuery query;
        StoredPages::Answer answer;
        bool isCancelled = false;
    };
    std::vector<ipc::EventStepsQuery> walks;
    std::vector<std::shared_ptr<Asked>> pages;
    std::vector<StoredEventsModel::StepsAnswer> heldWalks;
    bool holdsWalks = false, holdsPages = false;
    int walksCancelled = 0;
    std::int64_t extra = 0; ///< rows too many on each page: they came since
    std::optional<Error> refusal;

    [[nodiscard]] StoredEventsModel::FetchSteps steps()
    {
        return [this](const ipc::EventStepsQuery &query, StoredEventsModel::StepsAnswer answer) {
            walks.push_back(query);
            if (holdsWalks)
                heldWalks.push_back(std::move(answer));
            else
                later([this, query, answer = std::move(answer)] { answer(walk(query)); });
            return RequestHandle([this] { ++walksCancelled; });
        };
    }
    [[nodiscard]] StoredPages::Fetch rows()
    {
        return [this](const ipc::EventRowsQuery &query, StoredPages::Answer answer) {
            auto asked = std::make_shared<Asked>(query, std::move(answer));
            pages.push_back(asked);
            if (!holdsPages)
                later([this, asked] { answerPage(*asked); });
            return RequestHandle([asked] { asked->isCancelled = true; });
        };
    }
    void answerPage(const Asked &asked)
    {
        if (refusal)
            return asked.answer(std::unexpected(*refusal));
        ipc::EventRowsReply reply;
        reply.sources = {"made"};
        reply.regions = {"", "US"};
        const std::int64_t first = placeOf(asked.query.from, asked.query.order);
        const std::int64_t end =
            asked.query.before ? placeOf(asked.query.before, asked.query.order) : m_rows;
        for (std::int64_t place = first; place < end + extra; ++place) {
            schema::Event event;
            event.id.value = idAt(place, asked.query.order);
            event.times.observedAt = Instant(std::chrono::seconds(event.id.value));
            event.severity = 0.5F;
            reply.rows.append(event, 0, 1);
            reply.titles.push_back("event " + std::to_string(event.id.value));
        }
        asked.answer(std::move(reply));
    }
    [[nodiscard]] Result<ipc::EventStepsReply> walk(const ipc::EventStepsQuery &query) const
    {
        if (refusal)
            return std::unexpected(*refusal);
        ipc::EventStepsReply reply;
        const std::int64_t first = placeOf(query.from, query.order);
        const std::int64_t end =
            std::min(m_rows, first + std::int64_t{query.pages} * query.rowsPerPage);
        for (std::int64_t place = first; place < end; place += query.rowsPerPage)
            reply.keys.push_back(keyAt(place, query.order));
        reply.rows = static_cast<std::uint64_t>(end - first);
        if (end < m_rows) {
            reply.next = keyAt(end, query.order);
            if (!query.from)
                reply.about = static_cast<std::uint64_t>(m_rows) + 777;
        }
        return reply;
    }

private:
    [[nodiscard]] std::int64_t idAt(std::int64_t place, ipc::RowOrder order) const
    {
        return order == ipc::RowOrder::NewestFirst ? m_rows - place : place + 1;
    }
    [[nodiscard]] ipc::RowKey keyAt(std::int64_t place, ipc::RowOrder order) const
    {
        const std::int64_t id = idAt(place, order);
        return {Instant(std::chrono::seconds(id)), {id}};
    }
    [[nodiscard]] std::int64_t placeOf(const std::optional<ipc::RowKey> &key,
                                       ipc::RowOrder order) const
    {
        if (!key)
            return 0;
        return order == ipc::RowOrder::NewestFirst ? m_rows - key->id.value : key->id.value - 1;
    }
    void later(std::function<void()> call)
    {
        QMetaObject::invokeMethod(&m_later, std::move(call), Qt::QueuedConnection);
    }

    std::int64_t m_rows;
    QObject m_later;
};

} // namespace chrona::workspace::testing
