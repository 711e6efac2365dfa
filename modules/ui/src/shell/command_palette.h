// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QWidget>

#include <functional>
#include <memory>

class QFrame;
class QLabel;
class QLineEdit;
class QListView;

namespace chrona::ui {

class Commands;
class PaletteModel;
class Theme;

/// One line of the palette.
struct PaletteLine {
    QString group;  ///< "View", "Entity", "Place"
    QString title;
    QString detail; ///< right of the title, in hints' grey
    QString icon;
    QKeySequence shortcut{};
    std::function<void()> run;
    double score = 0; ///< 0–1, best first
};

/// One box for everything: commands at once, entities and places as they arrive. Lies over the
/// window that it is given, follows its size, and hides on Escape or a click beside it. UI thread
/// only.
class CommandPalette final : public QWidget {
    Q_OBJECT
public:
    using Deliver = std::function<void(QList<PaletteLine>)>;
    /// Asks elsewhere (the service) and delivers later, any number of times; lines for an older
    /// query are dropped.
    using Provider = std::function<void(const QString &query, const Deliver &deliver)>;

    CommandPalette(const Theme &theme, const Commands &commands, QWidget *window);
    ~CommandPalette() override;

    void addProvider(Provider provider);
    void open(const QString &query = {});
    void dismiss();
    [[nodiscard]] int entryCount() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &query);
    [[nodiscard]] QList<PaletteLine> matchingCommands(const QString &query) const;
    void merge(QList<PaletteLine> entries);
    void moveCurrent(int rows);
    void runCurrent();
    void arrange();
    void refreshColors();

    const Theme &m_theme;
    const Commands &m_commands;
    QList<Provider> m_providers;
    quint64 m_query = 0;
    QFrame *m_box;
    QLineEdit *m_input;
    QListView *m_list;
    QLabel *m_hint;
    std::unique_ptr<PaletteModel> m_model;
};

} // namespace chrona::ui
