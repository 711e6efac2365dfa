// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QWidget>

#include <functional>
#include <optional>

class QAction;
class QStackedLayout;

namespace chrona::ui {

class StateView;
class Theme;

/// What a pane without its content says: why, and the one thing to do about it.
struct PaneMessage {
    QString title;
    QString detail;
    QString actionText; ///< empty: nothing to press
    std::function<void()> action;
};

/// A view in a dock. Draws the five states that every pane knows: loading, empty, error, ready, and
/// (by a badge in the dock's header) stale. UI thread only.
class Pane : public QWidget {
    Q_OBJECT
public:
    enum class State : std::uint8_t { Loading, Empty, Error, Ready };

    Pane(const Theme &theme, QWidget *parent);

    [[nodiscard]] State state() const { return m_state; }
    /// Tools that the dock shows in its header, left to right.
    [[nodiscard]] const QList<QWidget *> &headerTools() const { return m_headerTools; }
    /// "1,204 of 250,310", shown beside the title; empty: none.
    [[nodiscard]] QString headerNote() const { return m_headerNote; }
    [[nodiscard]] std::optional<qint64> staleSinceMs() const { return m_staleSinceMs; }

Q_SIGNALS:
    void stateChanged();
    void headerChanged();

protected:
    /// The pane owns the widget. Call once, first.
    void setContent(QWidget *content);
    void setReady();
    void setLoading(const QString &what);
    void setEmpty(PaneMessage message);
    void setError(PaneMessage message);
    /// Since when (milliseconds since 1970, UTC) what is shown has not been renewed.
    void setStaleSince(std::optional<qint64> sinceMs);
    void setHeaderNote(const QString &note);
    void addHeaderTool(QWidget *tool);

    const Theme &m_theme;

private:
    void show(State state);

    QStackedLayout *m_stack;
    StateView *m_stateView;
    QWidget *m_content = nullptr;
    QPointer<QWidget> m_readyProxy; ///< who has the focus once the content is shown
    State m_state = State::Loading;
    QList<QWidget *> m_headerTools;
    QString m_headerNote;
    std::optional<qint64> m_staleSinceMs;
};

} // namespace chrona::ui
