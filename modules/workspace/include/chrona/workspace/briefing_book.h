// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_brief.h"
#include "chrona/ipc/messages_operations.h"
#include "chrona/schema/briefing.h"
#include "chrona/workspace/briefing_changes.h"
#include "chrona/workspace/signals_model.h"

#include <QObject>
#include <QString>

#include <optional>
#include <string>
#include <vector>

namespace chrona::workspace {

class Session;

/// A briefing as it is read.
struct OpenBriefing {
    QString day;
    std::uint32_t revision = 0;
    Instant storedAt;
    std::string document; ///< as it is stored, byte by byte
    schema::Briefing briefing;
};

/// How far the making of a briefing is.
struct BriefingMaking {
    QString day;         ///< empty: of the last session
    double share = -1;   ///< 0–1; -1: not known
    std::string problem; ///< why it was given up; empty: it was not
    schema::JobId job;
};

/// The briefings that the service keeps: the list of days that a text is in, the one that is read,
/// and another that it is compared with. Opens the newest day by itself and follows what is made
/// new. Thread rule: UI thread.
class BriefingBook : public QObject {
    Q_OBJECT

public:
    explicit BriefingBook(Session &session, QObject *parent = nullptr);

    /// Newest first.
    [[nodiscard]] const std::vector<ipc::BriefingEntry> &days() const { return m_days; }
    [[nodiscard]] ListState listState() const { return m_listState; }
    [[nodiscard]] const QString &search() const { return m_search; }
    void setSearch(const QString &text);

    [[nodiscard]] const std::optional<OpenBriefing> &current() const { return m_current; }
    /// The day that was asked for; what is read may still be the one before.
    [[nodiscard]] const QString &wantedDay() const { return m_wanted; }
    [[nodiscard]] ListState currentState() const { return m_currentState; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    void open(const QString &day);
    /// The day before or after the one that is read, of all that are stored; empty: there is none.
    [[nodiscard]] QString neighbour(int step) const;

    /// Empty: no comparison.
    void compareWith(const QString &day);
    [[nodiscard]] const QString &comparedDay() const { return m_comparedDay; }
    /// Of the one that is read against the compared one; nullopt: nothing to compare yet.
    [[nodiscard]] const std::optional<BriefingChanges> &changes() const { return m_changes; }

    /// Has a day's briefing made, again where one is stored. Empty: of the last session.
    void make(const QString &day);
    [[nodiscard]] const std::optional<BriefingMaking> &making() const { return m_making; }
    void refresh();

Q_SIGNALS:
    void listChanged();
    void currentChanged();
    void changesChanged();
    void makingChanged();

private:
    void askList();
    void takeList(Result<ipc::BriefingsReply> reply);
    void takeCurrent(const Result<ipc::BriefingReply> &reply);
    void takeCompared(const Result<ipc::BriefingReply> &reply);
    void compare();
    void followJob(const ipc::JobEntry &job);

    Session &m_session;
    QString m_search;
    std::vector<ipc::BriefingEntry> m_days;
    ListState m_listState = ListState::Loading;
    quint64 m_listTicket = 0;
    QString m_wanted;
    std::optional<OpenBriefing> m_current;
    ListState m_currentState = ListState::Loading;
    std::optional<Error> m_problem;
    quint64 m_openTicket = 0;
    QString m_comparedDay;
    std::optional<schema::Briefing> m_compared;
    std::optional<BriefingChanges> m_changes;
    quint64 m_compareTicket = 0;
    std::optional<BriefingMaking> m_making;
};

} // namespace chrona::workspace
