// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/base/log.h"

#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <atomic>
#include <mutex>

namespace chrona::log {
namespace {

std::atomic<Level> g_level{Level::Warning};
std::mutex g_mutex;
std::shared_ptr<spdlog::logger> g_file;
std::shared_ptr<spdlog::logger> g_terminal;

spdlog::level::level_enum toSpdlog(Level level)
{
    switch (level) {
    case Level::Debug: return spdlog::level::debug;
    case Level::Info: return spdlog::level::info;
    case Level::Warning: return spdlog::level::warn;
    case Level::Error: return spdlog::level::err;
    }
    return spdlog::level::info;
}

/// Control bytes are escaped too: a feed must not be able to forge a line or a terminal command.
std::string quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\', out += c;
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            out += std::format("\\u{:04x}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out + '"';
}

std::shared_ptr<spdlog::logger> makeTerminal()
{
    auto logger = std::make_shared<spdlog::logger>(
        "terminal", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_level(spdlog::level::debug);
    logger->set_pattern("%H:%M:%S.%e %L %v");
    return logger;
}

} // namespace

Status open(const Options &options)
{
    std::shared_ptr<spdlog::logger> file;
    if (!options.file.empty()) {
        try {
            auto sink = std::make_shared<spdlog::sinks::rotating_file_sink_mt>(
                options.file.string(), options.fileBytesMax, options.filesMax);
            file = std::make_shared<spdlog::logger>("file", std::move(sink));
        } catch (const std::exception &problem) {
            return fail(ErrorCode::Unavailable,
                        std::format("the log file cannot be opened: {}", problem.what()),
                        "check that the folder exists and is writable");
        }
        file->set_level(spdlog::level::debug);
        file->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})",
                          spdlog::pattern_time_type::utc);
        file->flush_on(spdlog::level::warn);
    }
    const std::lock_guard lock(g_mutex);
    g_level = options.level;
    g_file = std::move(file);
    g_terminal = options.toStderr ? makeTerminal() : nullptr;
    return {};
}

void flush()
{
    const std::lock_guard lock(g_mutex);
    if (g_file)
        g_file->flush();
}

bool isOn(Level level)
{
    return level >= g_level.load(std::memory_order_relaxed);
}

void write(Level level, std::string_view area, std::string_view message)
{
    const std::lock_guard lock(g_mutex);
    if (!g_file && !g_terminal)
        g_terminal = makeTerminal();
    if (g_file)
        g_file->log(toSpdlog(level), "{}",
                    std::format("\"area\":{},\"message\":{}", quoted(area), quoted(message)));
    if (g_terminal)
        g_terminal->log(toSpdlog(level), "{}", std::format("{}: {}", area, quoted(message)));
}

} // namespace chrona::log
