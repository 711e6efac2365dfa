// SPDX-License-Identifier: AGPL-3.0-or-later
#include "oracle_collectors.h"

#include "chrona/base/log.h"

#include <QFile>
#include <QSaveFile>

#include <algorithm>
#include <format>

namespace chrona::service {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBookSuffix = ".collector";
constexpr std::size_t kNameMax = 40;
constexpr qint64 kPairingBytesMax = 16 << 10;

bool isCollectorName(const std::string &name)
{
    return !name.empty() && name.size() <= kNameMax &&
           std::ranges::all_of(name, [](unsigned char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
           });
}

QString pathText(const fs::path &path)
{
    return QString::fromStdString(path.string());
}

/// A file has two lines: the address and the pairing.
Result<PairedCollector> readCollector(const fs::path &path)
{
    QFile file(pathText(path));
    if (!file.open(QIODevice::ReadOnly) || file.size() > kPairingBytesMax)
        return fail(ErrorCode::Corrupt, std::format("{} cannot be read", path.string()));
    const std::string text = file.readAll().toStdString();
    const std::size_t end = std::min(text.find('\n'), text.size());
    auto pairing = net::readPairing(std::string_view(text).substr(std::min(end + 1, text.size())));
    if (!pairing)
        return std::unexpected(pairing.error());
    return PairedCollector{path.stem().string(), text.substr(0, end), std::move(*pairing)};
}

} // namespace

fs::path CollectorBook::fileOf(const std::string &name) const
{
    return m_folder / (name + std::string(kBookSuffix));
}

std::vector<PairedCollector> CollectorBook::all() const
{
    std::vector<PairedCollector> found;
    std::error_code error;
    for (fs::directory_iterator it(m_folder, error), end; !error && it != end;
         it.increment(error)) {
        if (it->path().extension() != kBookSuffix)
            continue;
        auto collector = readCollector(it->path());
        if (collector)
            found.push_back(std::move(*collector));
        else
            log::warning("oracle", "a collector is passed over: {}", collector.error().what);
    }
    std::ranges::sort(found, {}, &PairedCollector::name);
    return found;
}

Status CollectorBook::add(const std::string &name, const std::string &address,
                          const std::string &pairing) const
{
    if (!isCollectorName(name))
        return fail(ErrorCode::InvalidInput, "a collector's name has small letters, digits and "
                                             "dashes, at most 40");
    if (const auto where = net::readLinkAddress(address); !where)
        return std::unexpected(where.error());
    const auto read = net::readPairing(pairing);
    if (!read)
        return std::unexpected(read.error());
    std::error_code error;
    if (all().size() >= kCollectorsMax && !fs::exists(fileOf(name), error))
        return fail(ErrorCode::Exhausted,
                    std::format("there are {} collectors already", kCollectorsMax));
    fs::create_directories(m_folder, error);
    fs::permissions(m_folder, fs::perms::owner_all, error);
    QSaveFile file(pathText(fileOf(name)));
    const std::string text = address + "\n" + net::writePairing(*read) + "\n";
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(text.data(), static_cast<qint64>(text.size())) < 0 || !file.commit())
        return fail(ErrorCode::Unavailable, std::format("cannot write {}: {}",
                                                        fileOf(name).string(),
                                                        file.errorString().toStdString()));
    return {};
}

Status CollectorBook::remove(const std::string &name) const
{
    std::error_code error;
    if (!isCollectorName(name) || !fs::remove(fileOf(name), error))
        return fail(ErrorCode::NotFound, std::format("there is no collector {}",
                                                     name.substr(0, kNameMax)),
                    "chronactl oracle collectors lists them");
    return {};
}

} // namespace chrona::service
