#include "demo/demoitems.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace {

/// The properties that are generated, in the order of the constants below.
constexpr std::array<std::string_view, 45> names = {
    "ItemID",         "Name",
    "Caption",        "Description",
    "Status",         "Category",
    "State",          "Priority",
    "Enabled",        "Locked",
    "Owner",          "OwnerMail",
    "Site",           "Rack",
    "Slot",           "SerialNumber",
    "AssetTag",       "Manufacturer",
    "Model",          "FirmwareVersion",
    "Path",           "Checksum",
    "SizeBytes",      "UsedBytes",
    "ReadOperations", "WriteOperations",
    "ErrorCount",     "Temperature",
    "LoadPercentage", "Ratio",
    "Offset",         "Flags",
    "Level",          "Grade",
    "Created",        "LastModified",
    "LastChecked",    "Expires",
    "Uptime",         "Tags",
    "Addresses",      "Ports",
    "Notes",          "Remark",
    "Location",
};
enum Slot {
    ItemId,
    Name,
    Caption,
    Description,
    Status,
    Category,
    State,
    Priority,
    Enabled,
    Locked,
    Owner,
    OwnerMail,
    Site,
    Rack,
    SlotNumber,
    SerialNumber,
    AssetTag,
    Manufacturer,
    Model,
    Firmware,
    Path,
    Checksum,
    SizeBytes,
    UsedBytes,
    Reads,
    Writes,
    Errors,
    Temperature,
    Load,
    Ratio,
    Offset,
    Flags,
    Level,
    Grade,
    Created,
    LastModified,
    LastChecked,
    Expires,
    Uptime,
    Tags,
    Addresses,
    Ports,
    Notes,
    Remark,
    Location,
};

constexpr std::array<std::string_view, 12> things = {
    "Pump",   "Valve",      "Sensor", "Gateway", "Camera", "Printer",
    "Switch", "Controller", "Panel",  "Reader",  "Beacon", "Meter",
};
constexpr std::array<std::string_view, 8> sites = {
    "Aarhus", "Bærum", "Córdoba", "Düsseldorf", "Kraków", "Málaga", "Ōsaka", "Zürich",
};
constexpr std::array<std::string_view, 6> makers = {
    "Example Works", "Example Devices",    "Northfield",
    "Südwerk",       "Tecnología Ejemplo", "Harbor & Lane",
};
constexpr std::array<std::string_view, 6> owners = {
    "facilities", "network", "print", "research", "security", "warehouse",
};
constexpr std::array<std::string_view, 5> tags = {
    "audited", "indoor", "leased", "spare", "under-warranty",
};
constexpr std::array<std::string_view, 4> grades = {"A", "B", "C", "Ü"};

/// splitmix64: a good spread from neighboring indexes, with no state to keep.
std::uint64_t mix(std::uint64_t value)
{
    value += 0x9E3779B97F4A7C15u;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

template<std::size_t Size>
std::string_view pick(const std::array<std::string_view, Size> &from, std::uint64_t random)
{
    return from[random % Size];
}

void appendNumber(std::string &out, std::uint64_t number, int digits)
{
    char text[24];
    const auto end = std::to_chars(text, text + sizeof text, number).ptr;
    for (auto size = end - text; size < digits; ++size)
        out += '0';
    out.append(text, end);
}

void appendHex(std::string &out, std::uint64_t number)
{
    static constexpr char digits[] = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4)
        out += digits[(number >> shift) & 15];
}

/// A moment of the years 2022 to 2025, one of the ways hosts write it.
void setTime(DemoValue &value, std::uint64_t random, int micros)
{
    value.set(std::string_view("20"));
    std::string &out = value.text;
    appendNumber(out, 22 + random % 4, 2);
    out += '-';
    appendNumber(out, 1 + (random >> 3) % 12, 2);
    out += '-';
    appendNumber(out, 1 + (random >> 7) % 28, 2);
    out += 'T';
    appendNumber(out, (random >> 13) % 24, 2);
    out += ':';
    appendNumber(out, (random >> 19) % 60, 2);
    out += ':';
    appendNumber(out, (random >> 25) % 60, 2);
    if (micros) {
        out += '.';
        appendNumber(out, (random >> 31) % 1000000, 6);
    }
    out += (random >> 52) % 3 ? "Z" : "+02:00";
}

DemoValue &nextItem(DemoValue &array, std::size_t &count)
{
    if (array.items.size() <= count)
        array.items.resize(count + 1);
    return array.items[count++];
}

std::int64_t numberAfter(std::string_view text, std::string_view head)
{
    if (!text.starts_with(head))
        return -1;
    text.remove_prefix(head.size());
    std::int64_t number = -1;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && stop == text.data() + text.size() && text.size() == 7 ? number
                                                                                         : -1;
}

} // namespace

DemoItems::DemoItems(const DemoClass &cls, const DemoSchema &schema, std::int64_t count,
                     std::uint32_t seed)
    : m_cls(cls)
    , m_place(schema.find("Demo_Location"))
    , m_count(count)
    , m_seed(std::uint64_t(seed) << 40)
{
    for (std::string_view name : names)
        m_slots.push_back(cls.indexOf(name));
}

DemoValue &DemoItems::at(DemoObject &out, int slot) const
{
    return out.values[std::size_t(m_slots[std::size_t(slot)])];
}

void DemoItems::read(std::int64_t index, DemoObject &out) const
{
    if (!m_changed.empty()) {
        if (const auto changed = m_changed.find(index); changed != m_changed.end()) {
            out = changed->second;
            return;
        }
    }
    out.reset(m_cls);
    const std::uint64_t random = mix(m_seed + std::uint64_t(index));
    readTexts(index, random, out);
    readNumbers(index, mix(random), out);
    readTimes(index, mix(random + 1), out);
    readLists(index, mix(random + 2), out);
}

void DemoItems::readTexts(std::int64_t index, std::uint64_t random, DemoObject &out) const
{
    const std::string_view thing = pick(things, random);
    const std::string_view site = pick(sites, random >> 8);
    const std::string_view owner = pick(owners, random >> 16);
    const auto text = [&](int slot, auto... parts) {
        DemoValue &value = at(out, slot);
        value.set(std::string_view());
        (value.text.append(parts), ...);
        return &value.text;
    };
    appendNumber(*text(ItemId, "ITEM-"), std::uint64_t(index), 7);
    appendNumber(*text(Name, thing, " "), std::uint64_t(index), 1);
    appendNumber(*text(Caption, thing, " in ", site, ", number "), std::uint64_t(index), 1);
    text(Description, "A ", thing, " of the ", owner, " group in ", site,
         ". It is generated from its number: nothing real is behind it, and reading it "
         "changes nothing <for anybody> & costs little. Its values are those that people meet in "
         "real inventories: long and short texts, numbers up to the ends of their ranges, dates "
         "with and without fractions, lists of none, one and several, and here and there "
         "nothing at all, which is not the same as an empty text. Sort, filter and export it as "
         "often as needed.");
    text(Status, random % 29 == 0 ? "Degraded" : "OK");
    text(Category, thing);
    text(Owner, owner);
    text(OwnerMail, owner, "@example.com");
    text(Site, site);
    appendNumber(*text(Rack, "R"), (random >> 24) % 64, 2);
    appendNumber(*text(SerialNumber, "SN"), mix(random) % 10'000'000'000u, 10);
    if (random % 11 != 0)
        appendNumber(*text(AssetTag, "EX-"), mix(random + 7) % 1'000'000, 6);
    text(Manufacturer, pick(makers, random >> 30));
    appendNumber(*text(Model, thing, " Mk "), 1 + (random >> 33) % 9, 1);
    std::string *version = text(Firmware);
    appendNumber(*version, 1 + (random >> 36) % 9, 1);
    *version += '.';
    appendNumber(*version, (random >> 40) % 20, 1);
    *version += '.';
    appendNumber(*version, (random >> 44) % 4000, 4);
    appendNumber(*text(Path, "C:\\ProgramData\\Example\\", owner, "\\", thing, "\\"),
                 std::uint64_t(index), 7);
    std::string *checksum = text(Checksum);
    for (std::uint64_t i = 0; i < 4; ++i)
        appendHex(*checksum, mix(random + 100 + i));
    text(Grade, pick(grades, random >> 50));
    if (random % 5 == 0)
        text(Remark, ""); // empty, which is not the same as nil
    else if (random % 5 == 1)
        text(Remark, "Checked by hand;\n\"quoted\" text, second line.");
}

void DemoItems::readNumbers(std::int64_t, std::uint64_t random, DemoObject &out) const
{
    const auto number = [&](int slot, std::uint64_t value) { at(out, slot).set(value); };
    number(State, 2 + random % 4);
    number(Priority, random % 100);
    at(out, Enabled).set((random & 0x700) != 0);
    at(out, Locked).set((random & 0x7000) == 0);
    number(SlotNumber, (random >> 12) % 42);
    const std::uint64_t size = random >> ((random & 3) * 8); // up to the whole uint64 range
    number(SizeBytes, size);
    number(UsedBytes, size / 2 + size / 7);
    number(Reads, mix(random) >> 20);
    number(Writes, mix(random + 1) >> 24);
    if (random % 3)
        number(Errors, (random >> 40) % 17);
    DemoValue &temperature = at(out, Temperature);
    temperature.set(std::string_view((random & 1) ? "-" : ""));
    appendNumber(temperature.text, (random >> 16) % 40, 1);
    number(Load, (random >> 20) % 101);
    DemoValue &ratio = at(out, Ratio);
    ratio.set(std::string_view("0."));
    appendNumber(ratio.text, (random >> 22) % 100000, 5);
    DemoValue &offset = at(out, Offset);
    offset.set(std::string_view((random & 2) ? "-" : ""));
    appendNumber(offset.text, mix(random + 2) >> 2, 1);
    number(Flags, (random >> 30) & 0xffff);
    number(Level, (random >> 46) & 0xff);
}

void DemoItems::readTimes(std::int64_t, std::uint64_t random, DemoObject &out) const
{
    setTime(at(out, Created), random, 0);
    setTime(at(out, LastModified), mix(random), 6);
    if (random % 4)
        setTime(at(out, LastChecked), mix(random + 1), 6);
    if (random % 6 == 0)
        setTime(at(out, Expires), mix(random + 2), 0);
    DemoValue &uptime = at(out, Uptime);
    uptime.set(std::string_view("P"));
    appendNumber(uptime.text, random % 400, 1);
    uptime.text += "DT";
    appendNumber(uptime.text, (random >> 10) % 24, 1);
    uptime.text += "H";
    appendNumber(uptime.text, (random >> 16) % 60, 1);
    uptime.text += "M";
    appendNumber(uptime.text, (random >> 24) % 60, 1);
    uptime.text += "S";
}

void DemoItems::readLists(std::int64_t index, std::uint64_t random, DemoObject &out) const
{
    const auto list = [&](int slot, std::size_t size, auto fill) {
        DemoValue &value = at(out, slot);
        value.kind = DemoValue::Kind::Array;
        std::size_t count = 0;
        while (count < size) {
            DemoValue &item = nextItem(value, count);
            fill(item, count - 1);
        }
        value.items.resize(size);
    };
    list(Tags, random % 4, [&](DemoValue &item, std::size_t i) {
        item.set(tags[(random % tags.size() + i) % tags.size()]);
    });
    list(Addresses, 1 + (random >> 4) % 2, [&](DemoValue &item, std::size_t i) {
        item.set(i == 0 ? std::string_view("198.51.100.") : std::string_view("2001:db8::"));
        appendNumber(item.text, (random >> 8) % 254 + 1, 1);
    });
    if (random % 7)
        list(Ports, 1 + (random >> 20) % 3, [&](DemoValue &item, std::size_t i) {
            item.set(std::uint64_t(1024 + ((random >> (24 + 8 * i)) & 0x7fff)));
        });
    if (index % 97 == 0)
        list(Notes, 2, [&](DemoValue &item, std::size_t i) {
            item.set(i == 0 ? std::string_view("Moved from 旧館 to the new hall")
                            : std::string_view("Η σημείωση του τεχνικού"));
        });
    if (index % 50 == 0 && m_place) {
        auto place = std::make_shared<DemoObject>();
        place->reset(*m_place);
        place->value("Building")->set(std::string_view("Hall "));
        appendNumber(place->value("Building")->text, 1 + random % 9, 1);
        place->value("Floor")->set(random % 5);
        place->value("Room")->set(100 + (random >> 8) % 80);
        DemoValue &value = at(out, Location);
        value.kind = DemoValue::Kind::Object;
        value.object = std::move(place);
    }
}

std::int64_t DemoItems::find(std::string_view key, std::string_view value) const
{
    if (key != "ItemID")
        return -2;
    const std::int64_t index = numberAfter(value, "ITEM-");
    return index < m_count ? index : -1;
}

void DemoItems::replace(std::int64_t index, const DemoObject &object)
{
    m_changed[index] = object;
}
