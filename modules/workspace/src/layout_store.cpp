// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/workspace/layout_store.h"

#include <QSettings>

namespace chrona::workspace {
namespace {

const auto kGroup = QStringLiteral("layouts");
const auto kLastUsed = QStringLiteral("window/layout");

/// Names are the user's and may hold slashes, which QSettings would take for groups.
QString layoutKeyOf(const QString &name)
{
    return kGroup + u'/' + QString::fromLatin1(name.toUtf8().toHex());
}

Status checkSize(const QByteArray &layout)
{
    if (layout.size() > LayoutStore::kBytesMax)
        return fail(ErrorCode::InvalidInput, "the layout is too large");
    return {};
}

} // namespace

LayoutStore::LayoutStore(const QString &settingsFile)
    : m_settings(std::make_unique<QSettings>(settingsFile, QSettings::IniFormat))
{
}

LayoutStore::~LayoutStore() = default;

QStringList LayoutStore::names() const
{
    QStringList names;
    m_settings->beginGroup(kGroup);
    for (const QString &key : m_settings->childKeys())
        names.append(QString::fromUtf8(QByteArray::fromHex(key.toLatin1())));
    m_settings->endGroup();
    names.sort(Qt::CaseInsensitive);
    return names;
}

std::optional<QByteArray> LayoutStore::load(const QString &name) const
{
    if (!m_settings->contains(layoutKeyOf(name)))
        return std::nullopt;
    return m_settings->value(layoutKeyOf(name)).toByteArray();
}

Status LayoutStore::save(const QString &name, const QByteArray &layout)
{
    if (name.trimmed().isEmpty() || name.size() > kNameLengthMax)
        return fail(ErrorCode::InvalidInput, "a layout's name has 1 to 64 letters");
    if (auto fits = checkSize(layout); !fits)
        return fits;
    m_settings->setValue(layoutKeyOf(name), layout);
    return written();
}

Status LayoutStore::remove(const QString &name)
{
    if (!m_settings->contains(layoutKeyOf(name)))
        return fail(ErrorCode::NotFound, "there is no such layout");
    m_settings->remove(layoutKeyOf(name));
    return written();
}

QByteArray LayoutStore::lastUsed() const
{
    return m_settings->value(kLastUsed).toByteArray();
}

Status LayoutStore::setLastUsed(const QByteArray &layout)
{
    if (auto fits = checkSize(layout); !fits)
        return fits;
    m_settings->setValue(kLastUsed, layout);
    return written();
}

Status LayoutStore::written() const
{
    m_settings->sync();
    if (m_settings->status() == QSettings::NoError)
        return {};
    return fail(ErrorCode::Exhausted, "the settings file cannot be written: "
                                          + m_settings->fileName().toStdString(),
                "look at its folder's permissions and free space");
}

} // namespace chrona::workspace
