// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/event_selector.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace chrona::workspace {

class EventTexts;

/// The newest events that pass the filter, at any time, newest first, with the hour they belong to.
/// Bounded: what is older is found in the table. Thread rule: UI thread.
class FeedModel : public QAbstractListModel {
    Q_OBJECT

public:
    static constexpr std::size_t kRowsMax = 2000;
    enum Role {
        EventIdRole = Qt::UserRole, ///< qint64
        TypeRole,                   ///< int, schema::EventType
        TitleRole,                  ///< QString; null: not there yet
        ObservedAtRole,             ///< QDateTime, UTC
        HourRole,                   ///< QDateTime, UTC: start of the hour, for section headings
        RegionRole,                 ///< QString
        SourceRole,                 ///< QString, key
        SeverityRole,               ///< double, 0–1
        ConfidenceRole,             ///< double, 0–1
        SyntheticRole,              ///< bool
        NewRole,                    ///< bool: came while this session was open
    };

    FeedModel(const EventSelector &selector, EventTexts &texts, QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

private:
    void update();

    const EventSelector &m_selector;
    EventTexts &m_texts;
    std::shared_ptr<const VisibleEvents> m_visible;
    std::vector<std::uint32_t> m_rows; ///< newest first
    std::vector<std::int64_t> m_ids;   ///< of m_rows
};

} // namespace chrona::workspace
