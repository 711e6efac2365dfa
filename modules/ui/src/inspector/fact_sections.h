// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QList>
#include <QString>
#include <QWidget>

#include <functional>

class QGridLayout;
class QVBoxLayout;

namespace chrona::ui {

class Theme;

/// One line of facts: what, its value, and more on hover.
struct Fact {
    QString name;
    QString value;
    QString hint{};
    enum class Face : std::uint8_t { Text, Mono } face = Face::Text;
};

/// A small coloured word: a category, "synthetic", "revised".
class Badge final : public QWidget {
    Q_OBJECT
public:
    Badge(const Theme &theme, const QString &word, const QColor &color, const QString &hint,
          QWidget *parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QString m_word;
    QColor m_color;
};

/// A column of titled sections that wraps its texts to the width it has.
class FactColumn final : public QWidget {
    Q_OBJECT
public:
    FactColumn(const Theme &theme, QWidget *parent);

    void addHeadline(const QString &text);
    void addBadges(const QList<QWidget *> &badges);
    void addParagraph(const QString &text);
    void addSection(const QString &title);
    void addFacts(const QList<Fact> &facts);
    /// A line that can be clicked or entered; cut where it does not fit, whole in its tooltip.
    void addLink(const QString &text, const QString &hint, std::function<void()> open);
    /// A stranger's bytes: plain, in the monospace, line by line, never read as anything.
    void addRaw(const QString &text, const QString &name);
    void addWidget(QWidget *widget);
    void finish();

private:
    const Theme &m_theme;
    QVBoxLayout *m_column;
};

} // namespace chrona::ui
