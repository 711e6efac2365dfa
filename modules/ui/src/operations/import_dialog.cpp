// SPDX-License-Identifier: AGPL-3.0-or-later
#include "operations/import_dialog.h"

#include "chrona/ui/theme.h"
#include "text/names.h"
#include "text/time_text.h"

#include <QComboBox>
#include <QFile>
#include <QFileInfo>
#include <QFormLayout>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <memory>

using namespace Qt::StringLiterals;

namespace chrona::ui {

namespace {

using formats::ImportKind;

constexpr qint64 kHeadBytes = 256 << 10;
constexpr int kProgressSteps = 1000;

struct KindChoice {
    ImportKind file;
    ipc::ImportKind wire;
    const char *name;
};

constexpr KindChoice kKinds[] = {
    {ImportKind::Events, ipc::ImportKind::Events,
     QT_TRANSLATE_NOOP("chrona::ui::ImportDialog", "Events")},
    {ImportKind::Bars, ipc::ImportKind::Bars,
     QT_TRANSLATE_NOOP("chrona::ui::ImportDialog", "Daily prices")},
    {ImportKind::Observations, ipc::ImportKind::Observations,
     QT_TRANSLATE_NOOP("chrona::ui::ImportDialog", "Series")},
    {ImportKind::Quotes, ipc::ImportKind::Quotes,
     QT_TRANSLATE_NOOP("chrona::ui::ImportDialog", "Quotes of venues")},
    {ImportKind::Boundaries, ipc::ImportKind::Boundaries,
     QT_TRANSLATE_NOOP("chrona::ui::ImportDialog", "Boundaries")},
};

ipc::ImportFormat formatOf(const QString &path)
{
    if (path.endsWith(".topojson"_L1, Qt::CaseInsensitive))
        return ipc::ImportFormat::TopoJson;
    return path.endsWith("json"_L1, Qt::CaseInsensitive) ? ipc::ImportFormat::GeoJson
                                                         : ipc::ImportFormat::Csv;
}

QString faultLine(const ipc::ImportFault &fault)
{
    const QString reason = fromUtf8(fault.reason);
    if (fault.row == 0)
        return reason;
    return fault.column.empty()
               ? ImportDialog::tr("row %1: %2").arg(countText(fault.row), reason)
               : ImportDialog::tr("row %1, %2: %3")
                     .arg(countText(fault.row), fromUtf8(fault.column), reason);
}

} // namespace

ImportDialog::ImportDialog(workspace::Session &session, const Theme &theme, QString path,
                           QWidget *parent)
    : QDialog(parent), m_session(session), m_path(std::move(path)), m_kind(new QComboBox(this)),
      m_mapping(new QWidget(this)), m_grid(new QGridLayout(m_mapping)),
      m_table(new QTableWidget(this)), m_set(new QLineEdit(this)),
      m_idProperty(new QLineEdit(this)), m_nameProperty(new QLineEdit(this)),
      m_message(new QLabel(this)), m_progress(new QProgressBar(this)),
      m_check(new QPushButton(tr("Check"), this)), m_import(new QPushButton(tr("Import"), this)),
      m_cancel(new QPushButton(tr("Cancel"), this))
{
    setWindowTitle(tr("Import %1").arg(QFileInfo(m_path).fileName()));
    makeLayout(theme);
    loadHead();
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] { offerColumns(); });
    connect(m_check, &QPushButton::clicked, this, [this] { begin(true); });
    connect(m_import, &QPushButton::clicked, this, [this] { begin(false); });
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::rejected, this, [this] { m_running.cancel(); });
    offerColumns();
    resize(760, 560);
}

ImportDialog::~ImportDialog() = default;

QString ImportDialog::message() const
{
    return m_message->text();
}

void ImportDialog::makeLayout(const Theme &theme)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 18, 20, 16);
    column->setSpacing(metric::kGap);
    auto *form = new QFormLayout;
    m_kind->setAccessibleName(tr("What the file holds"));
    form->addRow(tr("What the file holds"), m_kind);
    const auto field = [&](const QString &name, QLineEdit *edit, const QString &hint) {
        edit->setAccessibleName(name);
        edit->setPlaceholderText(hint);
        form->addRow(name, edit);
    };
    field(tr("Set of boundaries"), m_set, QFileInfo(m_path).completeBaseName());
    field(tr("Property with the code"), m_idProperty, tr("the feature's id"));
    field(tr("Property with the name"), m_nameProperty, u"name"_s);
    column->addLayout(form);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(metric::kGap);
    m_grid->setVerticalSpacing(metric::kGrid);
    column->addWidget(m_mapping);
    m_table->setAccessibleName(tr("The first rows of the file"));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->verticalHeader()->setDefaultSectionSize(metric::kRowCompact);
    m_table->setTabKeyNavigation(false);
    column->addWidget(m_table, 1);
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setFont(theme.font(TextSize::Small));
    column->addWidget(m_message);
    m_progress->setRange(0, kProgressSteps);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the import"));
    m_progress->hide();
    column->addWidget(m_progress);
    m_import->setProperty("primary", true);
    m_import->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_check);
    buttons->addStretch(1);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_import);
    column->addLayout(buttons);
}

/// What a person sees first: the beginning is enough for that, whatever the size of the file.
void ImportDialog::loadHead()
{
    QFile file(m_path);
    Result<ImportPreview> read = fail(ErrorCode::NotFound, "the file cannot be read");
    if (file.open(QIODevice::ReadOnly))
        read = previewOf(m_path, file.read(kHeadBytes));
    if (!read) {
        say(failureText(read.error()).cause + u' ' + fromUtf8(read.error().what), true);
        return; // and without a kind nothing can be begun
    }
    m_file = std::move(*read);
    for (const KindChoice &choice : kKinds) {
        const bool isOfDocuments =
            choice.file == ImportKind::Events || choice.file == ImportKind::Boundaries;
        const bool isOfTables = choice.file != ImportKind::Boundaries;
        if (m_file.isTable ? isOfTables : isOfDocuments)
            m_kind->addItem(tr(choice.name), static_cast<int>(choice.file));
    }
    if (m_file.isTable)
        m_kind->setCurrentIndex(
            m_kind->findData(static_cast<int>(guessedKind(m_file.columns))));
}

QString ImportDialog::boundarySet() const
{
    if (chosenKind() != ImportKind::Boundaries)
        return {};
    return m_set->text().isEmpty() ? QFileInfo(m_path).completeBaseName() : m_set->text();
}

formats::ImportKind ImportDialog::chosenKind() const
{
    return static_cast<ImportKind>(m_kind->currentData().toInt());
}

void ImportDialog::offerColumns()
{
    const bool isBoundaries = chosenKind() == ImportKind::Boundaries;
    for (QLineEdit *edit : {m_set, m_idProperty, m_nameProperty}) {
        edit->setVisible(isBoundaries);
        auto *form = static_cast<QFormLayout *>(layout()->itemAt(0)->layout());
        form->labelForField(edit)->setVisible(isBoundaries);
    }
    qDeleteAll(m_mapping->findChildren<QWidget *>(Qt::FindDirectChildrenOnly));
    m_choices.clear();
    m_mapping->setVisible(m_file.isTable);
    m_table->setVisible(m_file.isTable);
    const auto guessed = guessedMapping(chosenKind(), m_file.columns);
    int place = 0;
    for (const formats::ColumnSpec &spec : formats::columnsOf(chosenKind())) {
        if (!m_file.isTable)
            break;
        const QString ours = fromUtf8(spec.name);
        auto *label = new QLabel(
            spec.need == formats::Need::Required ? tr("%1 (needed)").arg(ours) : ours, m_mapping);
        auto *box = new QComboBox(m_mapping);
        box->setAccessibleName(tr("Column of the file that is %1").arg(ours));
        box->addItem(tr("not in the file"));
        for (const QString &theirs : m_file.columns)
            box->addItem(theirs, theirs);
        box->setCurrentIndex(guessed.contains(ours) ? box->findData(guessed[ours]) : 0);
        connect(box, &QComboBox::currentIndexChanged, this, [this] {
            showPreview();
            judge();
        });
        label->setBuddy(box);
        m_grid->addWidget(label, place / 2, place % 2 * 2);
        m_grid->addWidget(box, place / 2, place % 2 * 2 + 1);
        m_choices.insert(ours, box);
        ++place;
    }
    showPreview();
    judge();
}

/// The file's columns, each under the name that it gets.
void ImportDialog::showPreview()
{
    m_table->clear();
    m_table->setColumnCount(static_cast<int>(m_file.columns.size()));
    m_table->setRowCount(static_cast<int>(m_file.rows.size()));
    for (int column = 0; column < m_table->columnCount(); ++column) {
        const QString theirs = m_file.columns[column];
        QString title = tr("%1: left out").arg(theirs);
        for (auto choice = m_choices.cbegin(); choice != m_choices.cend(); ++choice)
            if (choice.value()->currentData().toString() == theirs)
                title = theirs == choice.key() ? theirs : tr("%1 → %2").arg(theirs, choice.key());
        m_table->setHorizontalHeaderItem(column, new QTableWidgetItem(title));
        for (int row = 0; row < m_table->rowCount(); ++row)
            m_table->setItem(row, column,
                             new QTableWidgetItem(
                                 m_file.rows[static_cast<std::size_t>(row)].value(column)));
    }
    m_table->resizeColumnsToContents();
}

QStringList ImportDialog::missing() const
{
    QStringList names;
    for (const formats::ColumnSpec &spec : formats::columnsOf(chosenKind())) {
        const QComboBox *box = m_choices.value(fromUtf8(spec.name));
        if (spec.need == formats::Need::Required && box && box->currentIndex() == 0)
            names += fromUtf8(spec.name);
    }
    return names;
}

void ImportDialog::judge()
{
    const QStringList needed = missing();
    const bool canBegin = needed.isEmpty() && m_kind->count() > 0 && !m_isRunning;
    m_check->setEnabled(canBegin);
    m_import->setEnabled(canBegin);
    m_mapping->setEnabled(!m_isRunning);
    m_kind->setEnabled(!m_isRunning);
    if (m_isRunning || m_kind->count() == 0)
        return;
    say(needed.isEmpty() ? tr("Rows that cannot be read are told, the others are stored.")
                         : tr("Choose the columns for: %1").arg(needed.join(u", "_s)),
        !needed.isEmpty());
}

void ImportDialog::say(const QString &text, bool isFault)
{
    m_message->setProperty("tone", isFault ? u""_s : u"secondary"_s);
    m_message->style()->polish(m_message);
    m_message->setText(text);
}

ipc::ImportBegin ImportDialog::request(bool isTrial) const
{
    ipc::ImportBegin begin;
    for (const KindChoice &choice : kKinds)
        if (choice.file == chosenKind())
            begin.kind = choice.wire;
    const QFileInfo file(m_path);
    begin.format = formatOf(m_path);
    begin.fileName = file.fileName().toStdString();
    begin.sizeBytes = file.size();
    begin.dryRun = isTrial;
    for (auto choice = m_choices.cbegin(); choice != m_choices.cend(); ++choice) {
        const QString theirs = choice.value()->currentData().toString();
        if (!theirs.isEmpty() && theirs != choice.key())
            begin.mapping.push_back({choice.key().toStdString(), theirs.toStdString()});
    }
    std::ranges::sort(begin.mapping, {}, &ipc::ColumnMapping::column);
    if (chosenKind() == ImportKind::Boundaries) {
        begin.boundarySet = boundarySet().toStdString();
        begin.idProperty = m_idProperty->text().toStdString();
        begin.nameProperty = m_nameProperty->text().toStdString();
    }
    return begin;
}

void ImportDialog::begin(bool isTrial)
{
    auto file = std::make_shared<QFile>(m_path);
    if (!file->open(QIODevice::ReadOnly)) {
        say(tr("The file cannot be read: %1").arg(file->errorString()), true);
        return;
    }
    m_isRunning = true;
    m_progress->setValue(0);
    m_progress->show();
    say(isTrial ? tr("Looking at all rows…") : tr("Importing…"), false);
    judge();
    // Read on the connection's thread, a piece when the service has taken the one before.
    ipc::UploadSource upload = [file](std::size_t bytesMax) -> Result<QByteArray> {
        QByteArray piece = file->read(static_cast<qint64>(bytesMax));
        if (piece.isEmpty() && file->error() != QFileDevice::NoError)
            return fail(ErrorCode::Unavailable,
                        "the file could not be read: " + file->errorString().toStdString());
        return piece;
    };
    m_running = m_session.request<ipc::ImportBegin>(
        request(isTrial), this,
        [this, isTrial](const Result<ipc::ImportReport> &reply) { take(reply, isTrial); },
        [this](const ipc::Progress &progress) {
            const bool isJoining = progress.stage == "import.joined";
            if (isJoining)
                say(tr("The file is here; its outlines are put together: %1")
                        .arg(countOfText(progress.done, progress.total)),
                    false);
            if ((isJoining || progress.stage == "import.read") && progress.total > 0)
                m_progress->setValue(static_cast<int>(
                    static_cast<double>(progress.done) / static_cast<double>(progress.total) *
                    kProgressSteps));
        },
        std::move(upload));
}

void ImportDialog::take(const Result<ipc::ImportReport> &reply, bool isTrial)
{
    m_isRunning = false;
    m_progress->hide();
    judge();
    if (!reply) {
        const FailureText text = failureText(reply.error());
        say(text.cause + u' ' + fromUtf8(reply.error().what), true);
        return;
    }
    constexpr std::size_t kFaultsShown = 4;
    QStringList lines{(isTrial ? tr("%1 rows would be stored, %2 are known already, %3 cannot be "
                                    "read.")
                               : tr("%1 rows are stored, %2 were known already, %3 could not be "
                                    "read."))
                          .arg(countText(reply->accepted), countText(reply->duplicates),
                               countText(reply->rejected))};
    for (std::size_t i = 0; i < std::min(reply->faults.size(), kFaultsShown); ++i)
        lines += faultLine(reply->faults[i]);
    say(lines.join(u'\n'), reply->rejected > 0);
    if (isTrial)
        return;
    Q_EMIT imported(*reply);
    if (reply->rejected == 0)
        accept();
}

} // namespace chrona::ui
