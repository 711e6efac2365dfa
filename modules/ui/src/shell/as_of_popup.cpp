// SPDX-License-Identifier: AGPL-3.0-or-later
#include "shell/as_of_popup.h"

#include "chrona/ui/theme.h"

#include <QDateTimeEdit>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace chrona::ui {

AsOfPopup::AsOfPopup(const Theme &theme, std::optional<Instant> asOf, QWidget *parent) :
    QFrame(parent, Qt::Popup), m_edit(new QDateTimeEdit(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"asOfPopup"_s);
    setAccessibleName(tr("As-of time"));
    setStyleSheet(u"#asOfPopup { background: %1; border: 1px solid %2; border-radius: 4px; }"_s.arg(
        theme.color(Role::Surface2).name(), theme.color(Role::Line).name()));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(metric::kPadding);
    auto *title = new QLabel(tr("Show the world as it was known at"));
    title->setFont(theme.font(TextSize::Small, TextWeight::Strong));
    column->addWidget(title);

    m_edit->setTimeZone(QTimeZone::UTC);
    m_edit->setDisplayFormat(u"yyyy-MM-dd HH:mm 'UTC'"_s);
    m_edit->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_edit->setFont(theme.mono(TextSize::Small));
    m_edit->setDateTime(TimeText{}.dateTime(asOf.value_or(nowInstant())));
    m_edit->setAccessibleName(tr("Date and time in UTC"));
    column->addWidget(m_edit);

    auto *presets = new QHBoxLayout;
    presets->setSpacing(4);
    const std::array<std::pair<QString, Duration>, 3> offers = {
        {{tr("1 d ago"), 24h}, {tr("7 d ago"), 168h}, {tr("30 d ago"), 720h}}};
    for (const auto &[text, age] : offers) {
        auto *button = new QPushButton(text);
        connect(button, &QPushButton::clicked, this,
                [this, age = age] { choose(nowInstant() - age); });
        presets->addWidget(button);
    }
    column->addLayout(presets);
    auto *detail =
        new QLabel(tr("Hides what became available later, also when it happened before."));
    detail->setWordWrap(true);
    detail->setFont(theme.font(TextSize::Tiny));
    detail->setProperty("tone", u"hint"_s);
    column->addWidget(detail);

    auto *buttons = new QHBoxLayout;
    auto *now = new QPushButton(tr("Back to now"));
    now->setEnabled(asOf.has_value());
    auto *apply = new QPushButton(tr("Show"));
    apply->setProperty("primary", true);
    apply->setDefault(true);
    connect(now, &QPushButton::clicked, this, [this] { choose(std::nullopt); });
    connect(apply, &QPushButton::clicked, this, [this] {
        choose(Instant(std::chrono::milliseconds(m_edit->dateTime().toMSecsSinceEpoch())));
    });
    buttons->addWidget(now);
    buttons->addStretch(1);
    buttons->addWidget(apply);
    column->addLayout(buttons);
    setFixedWidth(300);
}

void AsOfPopup::openBelow(const QPoint &rightTop)
{
    adjustSize();
    move(rightTop.x() - width(), rightTop.y());
    show();
    m_edit->setFocus();
}

void AsOfPopup::choose(std::optional<Instant> asOf)
{
    Q_EMIT chosen(asOf);
    close();
}

} // namespace chrona::ui
