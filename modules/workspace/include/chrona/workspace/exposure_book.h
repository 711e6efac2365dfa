// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include "chrona/ipc/messages_watchlist.h"
#include "chrona/workspace/signals_model.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace chrona::workspace {

class Session;

using ExposureRule = ipc::ExposureEntry;

/// What depends on what, as the service keeps it: the rules that ship, and a person's own above
/// them. Every change is a step of the session's undo stack. Thread rule: UI thread.
class ExposureBook : public QObject {
    Q_OBJECT

public:
    explicit ExposureBook(Session &session, QObject *parent = nullptr);

    /// By their ends; those that are switched off have the weight 0.
    [[nodiscard]] const std::vector<ExposureRule> &rules() const { return m_rules; }
    [[nodiscard]] const ExposureRule *find(const std::string &from, const std::string &to) const;
    [[nodiscard]] ListState state() const { return m_state; }
    [[nodiscard]] const std::optional<Error> &problem() const { return m_problem; }
    void refresh();

    using Done = std::function<void(const Status &)>;
    /// Adds the rule or changes the one with its ends.
    void save(const ExposureRule &rule, QObject *context, Done done);
    /// An own rule goes; a rule that ships is switched off.
    void remove(const ExposureRule &rule, QObject *context, Done done);
    /// What ships with these ends holds again.
    void restore(const ExposureRule &rule, QObject *context, Done done);

Q_SIGNALS:
    void changed();
    /// A step that was undone or redone was refused.
    void refused(const chrona::Error &error);

private:
    friend class ExposureCommand;

    /// The person's own rule with these ends; nothing: there is none.
    struct Own {
        std::string from, to;
        std::optional<ExposureRule> rule;
    };
    [[nodiscard]] Own ownOf(const ExposureRule &ends) const;
    void change(const QString &text, Own after, QObject *context, Done done);
    void put(const Own &own, QObject *context, Done done);

    Session &m_session;
    std::vector<ExposureRule> m_rules;
    ListState m_state = ListState::Loading;
    std::optional<Error> m_problem;
    quint64 m_ticket = 0;
};

} // namespace chrona::workspace
