#!/usr/bin/env python3
"""Makes the workbooks beside this file: the 50 contracts of
tests/it/spreadsheets/fifty.rs, written by openpyxl and, converted, by
LibreOffice. Mobiles and salaries are numbers, deadlines are dates, keys are
merged cells: as people leave them.

Needs openpyxl and soffice. Usage: tests/data/spreadsheets/make.py
"""
import datetime
import pathlib
import subprocess

import openpyxl

HERE = pathlib.Path(__file__).parent
DIGITS = "零一二三四五六七八九"
KEY = "合同编号"
CONTRACT = ["合同名称", "模板ID", "合同类型", "截止日期", "填写:岗位", "填写:月薪", "抄送人姓名", "抄送人手机号"]
SIGNER = ["类型", "姓名", "手机号", "企业名称", "企业OpenId", "签署人ID"]


def contract(n):
    cc = ["孙人事", 13900000002] if n % 5 == 0 else [None, None]
    return [f"劳动合同_{n}", "yDtest" + "0" * 25 + "1", "劳动合同", datetime.date(2099, 12, 31),
            "司机" if n % 2 else "产品经理", 8000 + n, *cc]


def signers(n):
    name = "测试" + "".join(DIGITS[int(d)] for d in str(n))
    return [["企业", "钱经办", 13900000001, "示例科技（深圳）有限公司", "orgdemo", "company"],
            ["个人", name, 13800000000 + n, None, None, "employee"]]


def dated(sheet):
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, datetime.date):
                cell.number_format = "yyyy/m/d"


def long(book):
    sheet = book.active
    sheet.title = "合同"
    sheet.append([KEY] + CONTRACT + ["签署方" + name for name in SIGNER])
    for n in range(1, 51):
        for index, signer in enumerate(signers(n)):
            sheet.append([f"HT-{n:04}" if index == 0 else None] + (contract(n) if index == 0 else [None] * 8) + signer)
        sheet.merge_cells(start_row=2 * n, end_row=2 * n + 1, start_column=1, end_column=1)
    dated(sheet)


def wide(book):
    sheet = book.active
    sheet.title = "合同"
    sheet.append([KEY] + CONTRACT + [f"签署方{party}{name}" for party in (1, 2) for name in SIGNER])
    for n in range(1, 51):
        sheet.append([f"HT-{n:04}"] + contract(n) + sum(signers(n), []))
    dated(sheet)


def two(book):
    contracts = book.active
    contracts.title = "合同"
    approvers = book.create_sheet("签署方")
    contracts.append([KEY] + CONTRACT)
    approvers.append([KEY] + ["签署方" + name for name in SIGNER])
    for n in range(1, 51):
        contracts.append([f"HT-{n:04}"] + contract(n))
        for signer in signers(n):
            approvers.append([f"HT-{n:04}"] + signer)
    dated(contracts)


for make in (long, wide, two):
    name = make.__name__
    book = openpyxl.Workbook()
    make(book)
    book.save(HERE / f"openpyxl-{name}.xlsx")
    for kind in ("xlsx", "xls", "ods"):
        out = HERE / "made"
        subprocess.run(["soffice", "--headless", "--convert-to", kind, "--outdir", out, HERE / f"openpyxl-{name}.xlsx"],
                       check=True, stdout=subprocess.DEVNULL)
        (out / f"openpyxl-{name}.{kind}").rename(HERE / f"libreoffice-{name}.{kind}")
(HERE / "made").rmdir()
