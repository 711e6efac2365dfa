// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QTemporaryDir>

#include <filesystem>
#include <string>

namespace chrona::cli {

/// A folder of small files that a command reads, and writes to.
class InputFolder {
public:
    /// In place of what was there; gives its path.
    std::string write(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("cannot write a test file");
        return file.fileName().toStdString();
    }
    /// Without content there is no such file.
    void replace(const QString &name, const QByteArray &content) const
    {
        if (!content.isEmpty())
            write(name, content);
        else if (!QFile::remove(m_folder.filePath(name)))
            qFatal("cannot take a test file away");
    }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] std::filesystem::path path() const { return m_folder.path().toStdString(); }

private:
    QTemporaryDir m_folder;
};

} // namespace chrona::cli
