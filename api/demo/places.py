"""The regions, stores and people of the demo data. People are called by their work, not by a name."""

from typing import Any

from api.accounts.types import HQ_ADMIN, REGIONAL_MANAGER, STORE_MANAGER, STORE_STAFF, SUPERVISOR
from api.stores.opening import DAYS

PASSWORD = "rounds-demo-2026"

# code, parent, Chinese, English
REGIONS = (
    ("CN", None, "全国", "All stores"),
    ("EAST", "CN", "华东", "East"),
    ("SH", "EAST", "上海", "Shanghai"),
    ("HZ", "EAST", "杭州", "Hangzhou"),
    ("SOUTH", "CN", "华南", "South"),
    ("SZ", "SOUTH", "深圳", "Shenzhen"),
)

# code, region, Chinese, English, type, level, address, WGS-84 point
STORES = (
    ("SH001", "SH", "人民路店", "Renmin Road", "convenience", "A", "黄浦区人民路 88 号", 31.2270, 121.4880),
    (
        "SH002",
        "SH",
        "静安寺店",
        "Jing'an Temple",
        "convenience",
        "A",
        "静安区南京西路 1688 号",
        31.2234,
        121.4453,
    ),
    ("SH003", "SH", "徐家汇店", "Xujiahui", "convenience", "B", "徐汇区虹桥路 1 号", 31.1955, 121.4365),
    (
        "SH004",
        "SH",
        "陆家嘴店",
        "Lujiazui",
        "convenience",
        "B",
        "浦东新区陆家嘴环路 166 号",
        31.2397,
        121.4998,
    ),
    ("HZ001", "HZ", "西湖店", "West Lake", "tea", "A", "上城区湖滨路 20 号", 30.2528, 120.1636),
    ("HZ002", "HZ", "武林店", "Wulin", "tea", "B", "拱墅区武林广场 3 号", 30.2765, 120.1640),
    ("SZ001", "SZ", "科技园店", "Tech Park", "convenience", "A", "南山区科苑路 8 号", 22.5405, 113.9530),
    (
        "SZ002",
        "SZ",
        "华强北店",
        "Huaqiangbei",
        "convenience",
        "B",
        "福田区华强北路 1002 号",
        22.5470,
        114.0860,
    ),
)

# user name, shown name, role, language, regions, stores
PEOPLE: tuple[tuple[str, str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("admin", "总部运营 HQ", HQ_ADMIN, "zh", (), ()),
    ("manager", "华东经理 East", REGIONAL_MANAGER, "zh", ("EAST",), ()),
    ("supervisor", "上海督导 SH", SUPERVISOR, "zh", ("SH",), ()),
    ("store", "人民路店长 SH001", STORE_MANAGER, "zh", (), ("SH001",)),
    ("staff", "人民路店员 SH001", STORE_STAFF, "zh", (), ("SH001",)),
    ("store2", "静安寺店长 SH002", STORE_MANAGER, "zh", (), ("SH002",)),
    ("supervisor2", "杭州督导 HZ", SUPERVISOR, "zh", ("HZ",), ()),
    ("supervisor4", "上海督导二 SH", SUPERVISOR, "zh", ("SH",), ()),
    ("supervisor3", "深圳督导 SZ", SUPERVISOR, "zh", ("SZ",), ()),
)
SUPERVISOR_OF = {"SH": "supervisor", "HZ": "supervisor2", "SZ": "supervisor3"}
HOURS_OF = {"convenience": ["07:00", "23:00"], "tea": ["10:00", "22:00"]}
CHECKLIST_OF = {"convenience": "CVS-01", "tea": "TEA-01"}


def store_fields(row: tuple[Any, ...]) -> dict[str, Any]:
    """A store's fields by name."""
    code, _region, zh, en, kind, level, address, latitude, longitude = row
    return {
        "code": code,
        "name_zh": zh,
        "name_en": en,
        "type": kind,
        "level": level,
        "address": address,
        "latitude": latitude,
        "longitude": longitude,
        "coord_sys": "WGS-84",
        "timezone": "Asia/Shanghai",
        "opening_hours": {day: [HOURS_OF[kind]] for day in DAYS},
    }
