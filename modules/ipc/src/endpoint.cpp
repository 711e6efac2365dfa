// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/ipc/endpoint.h"

#include "chrona/base/hash.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QSaveFile>
#include <QStandardPaths>
#include <QString>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <format>
#include <sys/stat.h>
#include <unistd.h>

namespace chrona::ipc {
namespace {

constexpr std::size_t kTokenLength = 64;
constexpr qint64 kPathBytesMax = 4096;

/// Holds the path of a data folder that was moved.
QString noteFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) +
           QStringLiteral("/chrona/data-folder");
}

std::filesystem::path environmentPath(const char *name)
{
    const char *value = std::getenv(name);
    return value != nullptr && *value == '/' ? std::filesystem::path(value)
                                             : std::filesystem::path();
}

std::string problem(const std::filesystem::path &path, std::string_view what)
{
    return std::format("{} {}", path.string(), what);
}

std::string newToken()
{
    std::array<quint32, 8> numbers{};
    QRandomGenerator::system()->fillRange(numbers.data(), numbers.size());
    return toHex(std::span(reinterpret_cast<const std::uint8_t *>(numbers.data()), sizeof numbers));
}

} // namespace

std::filesystem::path defaultDataFolder()
{
    if (auto stated = environmentPath("CHRONA_DATA_DIR"); !stated.empty())
        return stated;
    QFile note(noteFile());
    if (note.open(QIODevice::ReadOnly)) {
        const std::filesystem::path noted =
            QString::fromUtf8(note.read(kPathBytesMax)).trimmed().toStdString();
        if (noted.is_absolute())
            return noted;
    }
    const QString base = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
#ifdef Q_OS_MACOS
    return std::filesystem::path(base.toStdString()) / "Chrona";
#else
    return std::filesystem::path(base.toStdString()) / "chrona";
#endif
}

Status noteDataFolder(const std::filesystem::path &folder)
{
    const QString name = noteFile();
    if (folder.empty()) {
        if (QFile::exists(name) && !QFile::remove(name))
            return fail(ErrorCode::Denied, name.toStdString() + " cannot be removed");
        return {};
    }
    if (!folder.is_absolute())
        return fail(ErrorCode::InvalidInput, problem(folder, "is not an absolute path"));
    QSaveFile note(name);
    if (!QDir().mkpath(QFileInfo(name).path()) || !note.open(QIODevice::WriteOnly) ||
        note.write(QByteArray::fromStdString(folder.string()) + '\n') < 0 || !note.commit())
        return fail(ErrorCode::Denied,
                    std::format("{} cannot be written: {}", name.toStdString(),
                                note.errorString().toStdString()));
    return {};
}

Endpoint endpointFor(const std::filesystem::path &dataFolder)
{
    std::error_code ignored;
    // The same folder by another spelling is the same service.
    auto folder = std::filesystem::weakly_canonical(dataFolder, ignored);
    if (folder.empty())
        folder = dataFolder.lexically_normal();
    const Hash256 hash = sha256(folder.string());
    const std::string name = toHex(std::span(hash).first(4));
    Endpoint endpoint;
    endpoint.dataFolder = folder;
    if (const auto runtime = environmentPath("XDG_RUNTIME_DIR"); !runtime.empty())
        endpoint.runtimeFolder = runtime / ("chrona-" + name);
    else
        endpoint.runtimeFolder = std::format("/tmp/chrona-{}-{}", ::getuid(), name);
    endpoint.socket = endpoint.runtimeFolder / "service.sock";
    endpoint.tokenFile = folder / "token";
    return endpoint;
}

Status ensurePrivateFolder(const std::filesystem::path &folder)
{
    std::error_code ignored;
    std::filesystem::create_directories(folder.parent_path(), ignored);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return fail(ErrorCode::Unavailable,
                    problem(folder, std::format("cannot be made: {}", std::strerror(errno))));
    struct stat info = {};
    if (::lstat(folder.c_str(), &info) != 0 || !S_ISDIR(info.st_mode))
        return fail(ErrorCode::Denied, problem(folder, "is not a folder"), "remove it");
    if (info.st_uid != ::geteuid())
        return fail(ErrorCode::Denied, problem(folder, "belongs to another user"), "remove it");
    if ((info.st_mode & 0077) != 0)
        return fail(ErrorCode::Denied, problem(folder, "is open to other users"),
                    std::format("run: chmod 700 {}", folder.string()));
    return {};
}

Result<std::string> readToken(const std::filesystem::path &tokenFile)
{
    QFile file(QString::fromStdString(tokenFile.string()));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Unavailable, problem(tokenFile, "cannot be read"),
                    "start the service once; it makes this file");
    struct stat info = {};
    if (::fstat(file.handle(), &info) != 0 || info.st_uid != ::geteuid() ||
        (info.st_mode & 0077) != 0)
        return fail(ErrorCode::Denied, problem(tokenFile, "is open to other users"),
                    std::format("run: chmod 600 {}", tokenFile.string()));
    const QByteArray token = file.read(kTokenLength + 2).trimmed();
    if (static_cast<std::size_t>(token.size()) != kTokenLength)
        return fail(ErrorCode::Corrupt, problem(tokenFile, "is not a token"),
                    "delete it and start the service again");
    return token.toStdString();
}

Result<std::string> ensureToken(const std::filesystem::path &tokenFile)
{
    if (std::filesystem::exists(tokenFile))
        return readToken(tokenFile);
    const std::string token = newToken();
    // A QSaveFile begins with mode 0600, and a crash leaves no half of a token.
    QSaveFile file(QString::fromStdString(tokenFile.string()));
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(token.data(), static_cast<qint64>(token.size())) > 0 &&
                         file.commit();
    if (!written)
        return fail(ErrorCode::Unavailable,
                    problem(tokenFile, "cannot be written: " + file.errorString().toStdString()));
    return token;
}

} // namespace chrona::ipc
