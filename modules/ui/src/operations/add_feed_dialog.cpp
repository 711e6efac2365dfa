// SPDX-License-Identifier: AGPL-3.0-or-later
#include "operations/add_feed_dialog.h"

#include "chrona/formats/opml.h"
#include "chrona/ui/theme.h"
#include "text/names.h"

#include <QComboBox>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace chrona::ui {
namespace {

constexpr qint64 kListBytesMax = 16 << 20;

std::string utf8(const QString &text)
{
    return text.trimmed().toStdString();
}

template <class Value> void offer(QComboBox *box, const QString &text, Value value)
{
    box->addItem(text, static_cast<int>(value));
}

template <class Value> Value chosen(const QComboBox *box)
{
    return static_cast<Value>(box->currentData().toInt());
}

/// A question without an answer yet: nobody adds a feed by not looking.
QComboBox *question(const QString &name, QWidget *parent)
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setPlaceholderText(AddFeedDialog::tr("Please choose"));
    return box;
}

} // namespace

AddFeedDialog::AddFeedDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent), m_address(new QLineEdit(this)), m_name(new QLineEdit(this)),
      m_termsUrl(new QLineEdit(this)), m_licence(new QLineEdit(this)),
      m_redistribution(question(tr("May it be passed on?"), this)),
      m_mode(question(tr("What may be kept?"), this)),
      m_retention(question(tr("For how long?"), this)), m_message(new QLabel(this)),
      m_add(new QPushButton(tr("Add"), this))
{
    setWindowTitle(tr("Add a feed"));
    m_address->setPlaceholderText(u"https://"_s);
    m_termsUrl->setPlaceholderText(u"https://"_s);
    m_licence->setPlaceholderText(tr("CC-BY-4.0, terms of use…"));
    using schema::IngestMode, schema::Redistribution, schema::RetentionClass;
    offer(m_redistribution, tr("No, or the terms do not say"), Redistribution::Forbidden);
    offer(m_redistribution, tr("Yes, when the publisher is named"),
          Redistribution::WithAttribution);
    offer(m_redistribution, tr("Yes"), Redistribution::Allowed);
    offer(m_mode, tr("Titles, times and links"), IngestMode::MetadataOnly);
    offer(m_mode, tr("Everything that the feed says"), IngestMode::Full);
    offer(m_retention, tr("24 hours"), RetentionClass::Hours24);
    offer(m_retention, tr("30 days"), RetentionClass::Days30);
    offer(m_retention, tr("90 days"), RetentionClass::Days90);
    offer(m_retention, tr("2 years"), RetentionClass::Years2);
    offer(m_retention, tr("For good"), RetentionClass::Permanent);
    for (QComboBox *box : {m_redistribution, m_mode, m_retention})
        box->setCurrentIndex(-1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(metric::kPadding);
    auto *why = new QLabel(tr("Read the publisher's terms first. What you answer here is kept with "
                              "the feed and holds for exports and briefings."));
    why->setWordWrap(true);
    why->setProperty("tone", u"secondary"_s);
    column->addWidget(why);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Feed address"), m_address);
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Address of its terms"), m_termsUrl);
    form->addRow(tr("Licence or terms"), m_licence);
    form->addRow(tr("May it be passed on?"), m_redistribution);
    form->addRow(tr("What may be kept?"), m_mode);
    form->addRow(tr("For how long?"), m_retention);
    column->addLayout(form);
    m_message->setWordWrap(true);
    m_message->setFont(theme.font(TextSize::Small));
    m_message->hide();
    column->addWidget(m_message);

    auto *list = new QPushButton(tr("Reading list…"), this);
    list->setToolTip(tr("All feeds of an OPML file, under the same terms"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    m_add->setProperty("primary", true);
    m_add->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(list);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_add);
    column->addLayout(buttons);
    connect(list, &QPushButton::clicked, this, [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Reading list"), {},
                                                          tr("OPML lists (*.opml *.xml)"));
        if (!path.isEmpty())
            takeList(path);
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_add, &QPushButton::clicked, this, &AddFeedDialog::wanted);
    for (QLineEdit *edit : {m_address, m_name, m_termsUrl, m_licence})
        connect(edit, &QLineEdit::textChanged, this, &AddFeedDialog::judge);
    for (QComboBox *box : {m_redistribution, m_mode, m_retention})
        connect(box, &QComboBox::currentIndexChanged, this, &AddFeedDialog::judge);
    setMinimumWidth(460);
    judge();
}

void AddFeedDialog::judge()
{
    const bool hasFeed = !m_list.empty() || !m_address->text().trimmed().isEmpty();
    const bool answered = !m_termsUrl->text().trimmed().isEmpty() &&
                          !m_licence->text().trimmed().isEmpty() &&
                          m_redistribution->currentIndex() >= 0 && m_mode->currentIndex() >= 0 &&
                          m_retention->currentIndex() >= 0;
    m_add->setEnabled(hasFeed && answered);
    m_add->setToolTip(m_add->isEnabled() ? QString() : tr("Answer every question first"));
}

void AddFeedDialog::say(const QString &text)
{
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

ipc::SourceAdd AddFeedDialog::terms() const
{
    ipc::SourceAdd request;
    request.termsUrl = utf8(m_termsUrl->text());
    request.licence = utf8(m_licence->text());
    request.redistribution = chosen<schema::Redistribution>(m_redistribution);
    request.mode = chosen<schema::IngestMode>(m_mode);
    request.retention = chosen<schema::RetentionClass>(m_retention);
    return request;
}

std::vector<ipc::SourceAdd> AddFeedDialog::requests() const
{
    std::vector<ipc::SourceAdd> all;
    ipc::SourceAdd request = terms();
    for (const Feed &feed : m_list) {
        request.address = utf8(feed.address);
        request.name = utf8(feed.name);
        all.push_back(request);
    }
    if (m_list.empty()) {
        request.address = utf8(m_address->text());
        request.name = utf8(m_name->text());
        all.push_back(std::move(request));
    }
    return all;
}

void AddFeedDialog::takeList(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > kListBytesMax)
        return say(tr("The file cannot be read."));
    const QByteArray bytes = file.readAll();
    const auto feeds =
        formats::readOpml({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!feeds || feeds->empty())
        return say(tr("This is no reading list, or it names no feed."));
    m_list.clear();
    for (const formats::OpmlFeed &feed : *feeds)
        m_list.push_back({fromUtf8(feed.url), fromUtf8(feed.title)});
    m_address->setText(tr("%n feeds of %1", nullptr, static_cast<int>(m_list.size()))
                           .arg(QFileInfo(path).fileName()));
    m_address->setReadOnly(true);
    m_name->clear();
    m_name->setEnabled(false);
    say({});
    judge();
}

void AddFeedDialog::showFailure(const Error &error)
{
    const FailureText text = failureText(error);
    say(text.remedy.isEmpty() ? text.cause : text.cause + u' ' + text.remedy);
}

} // namespace chrona::ui
