// SPDX-License-Identifier: AGPL-3.0-or-later
#include "layers/add_tiles_dialog.h"

#include "chrona/ui/theme.h"
#include "text/names.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

QSpinBox *zoomBox(int value, const QString &name, QWidget *parent)
{
    auto *box = new QSpinBox(parent);
    box->setRange(0, ipc::TileRequest::kZoomMax);
    box->setValue(value);
    box->setAccessibleName(name);
    return box;
}

} // namespace

AddTilesDialog::AddTilesDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent), m_address(new QLineEdit(this)), m_name(new QLineEdit(this)),
      m_attribution(new QLineEdit(this)), m_terms(new QLineEdit(this)),
      m_zoomMin(zoomBox(0, tr("Closest to the whole world"), this)),
      m_zoomMax(zoomBox(19, tr("Closest to the ground"), this)),
      m_areRead(new QCheckBox(tr("I have read these terms, and they allow this use"), this)),
      m_message(new QLabel(this)), m_add(new QPushButton(tr("Add"), this))
{
    setWindowTitle(tr("Add a server of tiles"));
    m_address->setPlaceholderText(u"https://…/{z}/{x}/{y}.png"_s);
    m_terms->setPlaceholderText(u"https://"_s);
    m_attribution->setPlaceholderText(tr("© Whom the terms say"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(metric::kPadding);
    auto *why = new QLabel(tr("An address with {z}, {x} and {y} for each tile, or that of a "
                              "PMTiles archive. The service asks for the tiles that you look at, "
                              "one after another, and keeps them for a while."));
    why->setWordWrap(true);
    why->setProperty("tone", u"secondary"_s);
    column->addWidget(why);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Address"), m_address);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("The map names"), m_attribution);
    form->addRow(tr("Address of its terms"), m_terms);
    auto *zooms = new QHBoxLayout;
    zooms->addWidget(m_zoomMin);
    zooms->addWidget(new QLabel(tr("to"), this));
    zooms->addWidget(m_zoomMax);
    zooms->addStretch(1);
    form->addRow(tr("Zooms"), zooms);
    column->addLayout(form);
    column->addWidget(m_areRead);
    m_message->setWordWrap(true);
    m_message->setFont(theme.font(TextSize::Small));
    m_message->hide();
    column->addWidget(m_message);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    m_add->setProperty("primary", true);
    m_add->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_add);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &AddTilesDialog::wanted);
    for (QLineEdit *edit : {m_address, m_name, m_attribution, m_terms})
        connect(edit, &QLineEdit::textChanged, this, &AddTilesDialog::judge);
    connect(m_areRead, &QCheckBox::toggled, this, &AddTilesDialog::judge);
    setMinimumWidth(460);
    judge();
}

ipc::TileSource AddTilesDialog::source() const
{
    const auto utf8 = [](const QLineEdit *edit) { return edit->text().trimmed().toStdString(); };
    ipc::TileSource source;
    source.address = utf8(m_address);
    source.name = utf8(m_name);
    source.attribution = utf8(m_attribution);
    source.termsUrl = utf8(m_terms);
    source.zoomMin = static_cast<std::uint8_t>(m_zoomMin->value());
    source.zoomMax = static_cast<std::uint8_t>(m_zoomMax->value());
    return source;
}

void AddTilesDialog::judge()
{
    // An archive says itself whom the map must name.
    const bool isArchive = m_address->text().trimmed().endsWith(u".pmtiles"_s);
    const bool isAnswered = !m_address->text().trimmed().isEmpty() &&
                            !m_terms->text().trimmed().isEmpty() && m_areRead->isChecked() &&
                            (isArchive || !m_attribution->text().trimmed().isEmpty());
    m_zoomMin->setEnabled(!isArchive);
    m_zoomMax->setEnabled(!isArchive);
    m_add->setEnabled(isAnswered && !m_isBusy);
    m_add->setToolTip(isAnswered ? QString() : tr("Answer every question first"));
}

void AddTilesDialog::setBusy(bool isBusy)
{
    m_isBusy = isBusy;
    say(isBusy ? tr("Asking the server…") : QString());
    judge();
}

void AddTilesDialog::say(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

void AddTilesDialog::showFailure(const Error &error)
{
    const FailureText text = failureText(error);
    say(text.remedy.isEmpty() ? text.cause : text.cause + u' ' + text.remedy);
}

} // namespace chrona::ui
