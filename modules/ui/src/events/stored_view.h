// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/workspace/stored_events_model.h"
#include "tables/table_view.h"
#include "text/time_text.h"

#include <QTimer>

namespace chrona::workspace {
class Session;
}

namespace chrona::ui {

class EventDelegate;
enum class ColourBy : std::uint8_t;

/// The workspace's table over the whole database with our column titles and spoken texts. UI thread
/// only.
class StoredColumnsModel final : public workspace::StoredEventsModel {
    Q_OBJECT
public:
    using StoredEventsModel::StoredEventsModel;

    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
};

/// Every event that the database holds and the filter lets pass, also those that are too old to be
/// loaded; read as it is scrolled. Asks nothing while it is not active. UI thread only.
class StoredView final : public TableView {
    Q_OBJECT
public:
    StoredView(workspace::Session &session, const Theme &theme, QWidget *parent);

    void setActive(bool isActive);
    [[nodiscard]] bool isActive() const { return m_isActive; }
    [[nodiscard]] StoredColumnsModel &stored() { return *m_model; }
    void setTimeText(const TimeText &times);
    void setColourBy(ColourBy by);
    /// How many there are and how sure that is: "12,402,113 in the database", "262,144 read of
    /// about 12.4 million in the database". Nothing before the first answer.
    [[nodiscard]] QString extentText() const;

private:
    void follow();
    void selectionToFocus();
    void focusToSelection();

    workspace::Session &m_session;
    StoredColumnsModel *m_model;
    EventDelegate *m_delegate;
    TimeText m_times;
    bool m_isActive = false;
    bool m_isFollowing = false;
    bool m_hasNews = false; ///< events came since it was read
    QTimer m_followTimer; ///< while a brush is dragged the database is not asked at each step
};

/// "about 12.4 million", "about 31,000": two or three digits of an estimate, no more.
[[nodiscard]] QString aboutText(qint64 count);

} // namespace chrona::ui
