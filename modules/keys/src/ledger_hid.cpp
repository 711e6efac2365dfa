// SPDX-License-Identifier: AGPL-3.0-or-later
#include "chrona/keys/ledger.h"

#include <array>
#include <hidapi.h>

namespace chrona::keys {
namespace {

constexpr unsigned short kVendor = 0x2C97;
constexpr unsigned short kUsagePage = 0xFFA0;

struct CloseDevice {
    void operator()(hid_device *device) const { hid_close(device); }
};
using Device = std::unique_ptr<hid_device, CloseDevice>;

std::string devicePath()
{
    hid_device_info *all = hid_enumerate(kVendor, 0);
    std::string path;
    for (const hid_device_info *each = all; each != nullptr && path.empty(); each = each->next)
        if (each->usage_page == kUsagePage || each->interface_number == 0)
            path = each->path;
    hid_free_enumeration(all);
    return path;
}

class UsbTransport final : public LedgerTransport {
public:
    explicit UsbTransport(Device device) : m_device(std::move(device)) {}

    Result<ethereum::Bytes> exchange(ethereum::ByteView command,
                                     std::chrono::milliseconds timeout) override
    {
        for (const ethereum::Bytes &report : toReports(command)) {
            ethereum::Bytes numbered{0x00}; // the report id
            ethereum::append(numbered, report);
            if (hid_write(m_device.get(), numbered.data(), numbered.size()) < 0)
                return fail(ErrorCode::Unavailable, "the device is unplugged");
        }
        ReportReader reader;
        while (true) {
            std::array<std::uint8_t, 64> report{};
            const int read = hid_read_timeout(m_device.get(), report.data(), report.size(),
                                              static_cast<int>(timeout.count()));
            if (read < 0)
                return fail(ErrorCode::Unavailable, "the device is unplugged");
            if (read == 0)
                return fail(ErrorCode::Timeout, "nobody confirmed on the device");
            const auto whole = reader.add(std::span(report).first(static_cast<std::size_t>(read)));
            if (!whole)
                return std::unexpected(whole.error());
            if (*whole)
                return reader.take();
        }
    }

private:
    Device m_device;
};

} // namespace

Result<std::unique_ptr<LedgerTransport>> openLedgerOverUsb()
{
    if (hid_init() != 0)
        return fail(ErrorCode::Unavailable, "USB devices cannot be reached");
    const std::string path = devicePath();
    if (path.empty())
        return fail(ErrorCode::NotFound, "no Ledger device is plugged in");
    Device device(hid_open_path(path.c_str()));
    if (!device)
        return fail(ErrorCode::Denied, "the device cannot be opened",
                    "close other wallets; on Linux install the vendor's udev rules");
    return std::make_unique<UsbTransport>(std::move(device));
}

} // namespace chrona::keys
