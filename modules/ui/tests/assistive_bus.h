// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QDBusConnection>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <functional>
#include <vector>

namespace chrona::ui::test {

/// A thing of a window as a screen reader sees it.
struct Heard {
    QString path; ///< on the application's connection
    QString name, role;
    std::uint64_t states = 0; ///< bit 1 << AT-SPI's number of a state
    int children = 0;
    QStringList ancestors; ///< "role: name", the nearest first

    enum State : std::uint8_t { Enabled = 8, Focusable = 11, Focused = 12, Showing = 25 };
    [[nodiscard]] bool is(State state) const { return (states >> state & 1) != 0; }
    [[nodiscard]] QString toString() const;
};

/// The bus that assistive technology listens on, as one of them. Questions to this program itself
/// must come from another thread than the one that answers: its main thread.
class AssistiveBus {
public:
    /// Asks the session's bus for it; no connection where there is none.
    AssistiveBus();
    [[nodiscard]] bool isConnected() const { return m_bus.isConnected(); }
    /// The connection under which this process has registered; empty: not yet. Any thread.
    [[nodiscard]] QString ownApplication() const;

    [[nodiscard]] Heard at(const QString &application, const QString &path) const;
    /// All that a reader reaches, parents first; from `path` on where one is given. Tables and
    /// lists are not entered: `first` of their children tell how the others are.
    [[nodiscard]] std::vector<Heard> walk(const QString &application, int first,
                                          const QString &path = {}) const;

private:
    [[nodiscard]] QVariant property(const QString &application, const QString &path,
                                    const char *name) const;
    [[nodiscard]] QStringList childrenOf(const QString &application, const QString &path,
                                         int most) const;

    QDBusConnection m_bus;
};

} // namespace chrona::ui::test
