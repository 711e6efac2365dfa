// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/session.h"

#include <QAbstractTableModel>

#include <vector>

namespace chrona::ui {

// Without a base, which the reader of translatable texts does not get over.
enum class ComingKind { Event, Opening, Closing }; // NOLINT(performance-enum-size)

/// Something that is to come.
struct ComingUp {
    using Kind = ComingKind;
    Kind kind = Kind::Event;
    Instant at;
    qint64 event = 0;  ///< Kind::Event
    std::uint8_t type = 0;
    bool isHalfDay = false; ///< of a session
};

/// What is scheduled after a moment: events that lie ahead, and New York's next openings and
/// closings; the next first, at most countMax. Pure.
[[nodiscard]] std::vector<ComingUp> comingUp(const schema::EventColumns &columns, Instant after,
                                             std::size_t countMax);
/// "4 m", "3 h 05 m", "2 d 4 h".
[[nodiscard]] QString countdownText(Duration until);

/// What is to come, with how long it is until then; the words change with the minute. UI thread
/// only.
class CalendarModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : int { Countdown, What, When, ColumnCount };

    CalendarModel(workspace::Session &session, QObject *parent);

    /// Looks again at what is loaded and at the clock.
    void refresh();
    [[nodiscard]] const ComingUp &entry(int row) const
    {
        return m_entries[static_cast<std::size_t>(row)];
    }
    [[nodiscard]] Instant now() const { return m_now; }
    [[nodiscard]] QString what(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    workspace::Session &m_session;
    std::vector<ComingUp> m_entries;
    Instant m_now;
};

} // namespace chrona::ui
