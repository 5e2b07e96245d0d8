//! Sheets as people lay them out that were read otherwise than meant, or had no way out: found by
//! three testers who knew nothing of the program.

use crate::meaning::{Csv, Merged, Sheets, case, hold};

const ONE: &[&str] = &["林小雨"];
const TWO: &[&str] = &["林小雨", "周大海"];
const NOBODY: &[&str] = &[];

#[test]
fn a_party_beside_somebody_else_is_asked_about() {
    const GROUPS: &[&[&str]] = &[
        &["甲方信息", "", "", "员工信息", ""],
        &["公司名称", "联系人", "联系电话", "姓名", "手机号"],
        &["某某科技有限公司", "林小雨", "13800138000", "周大海", "13800138001"],
    ];
    const MERGED: &[[u32; 4]] = &[[0, 0, 0, 2], [0, 3, 0, 4]];
    const EMPLOYER: &[&[&str]] = &[
        &["用人单位", "", "", "劳动者", ""],
        &["单位名称", "签约代表", "手机号", "姓名", "手机号"],
        &["某某科技有限公司", "林小雨", "13800138000", "周大海", "13800138001"],
    ];
    hold(&[
        case(
            Csv("甲方联系电话,员工姓名,员工身份证号\n13800138000,林小雨,11010519491231002X\n"),
            &[],
            3,
            &["signer.unclear"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("甲方公司名称,员工姓名,员工手机号\n某某科技有限公司,林小雨,13800138000\n"),
            &[],
            3,
            &["signer.unclear"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("甲方公司名称,员工姓名,员工手机号\n某某科技有限公司,林小雨,13800138000\n"),
            &["--map", "甲方公司名称=ignore"],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("甲方名称,乙方姓名,乙方手机号\n某某科技有限公司,林小雨,13800138000\n"),
            &[],
            3,
            &["signer.unclear"],
            ONE,
            &[(1, 1)],
        ),
        case(Merged(GROUPS, MERGED), &[], 3, &["signer.unclear"], ONE, &[(1, 1)]),
        case(
            Merged(GROUPS, MERGED),
            &["--map", "员工信息姓名=approver2.name", "--map", "员工信息手机号=approver2.mobile"],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(Merged(EMPLOYER, MERGED), &[], 3, &["signer.unclear"], NOBODY, &[]),
        case(
            Csv("乙方姓名,乙方手机号,丙方姓名,丙方手机号\n林小雨,13800138000,周大海,13800138001\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv("员工姓名,员工身份证号,户主姓名,户主手机号\n周大海,11010519491231002X,林小雨,13800138000\n"),
            &[],
            3,
            &["signer.unclear"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("公司签署人,公司手机号,员工姓名,员工手机号\n周大海,13800138001,林小雨,13800138000\n"),
            &[],
            3,
            &["column.signer"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv(
                "姓名,手机号,家属姓名,家属手机号,家属身份证号\n林小雨,13800138000,周大海,13800138001,11010519491231002X\n",
            ),
            &[],
            3,
            &["signer.unclear"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("患者姓名,患者身份证号,家属姓名,家属电话\n林小雨,11010519491231002X,周大海,13800138001\n"),
            &[],
            3,
            &["signer.unclear"],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn what_a_column_says_of_somebody_is_read_by_its_place_and_its_words() {
    hold(&[
        case(
            Csv("业主(甲方),业主电话,租户(乙方),租户电话\n林小雨,13800138000,周大海,13800138001\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv("甲方(雇主),甲方手机,乙方(家政员),乙方手机\n林小雨,13800138000,周大海,13800138001\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv("甲方,甲方电话,乙方,电话\n林小雨,13800138000,周大海,13800138001\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv(
                "乙方（承租方）,身份证号码,联系电话,甲方（出租方）,联系电话\n周大海,11010519491231002X,13800138001,林小雨,13800138000\n",
            ),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(Csv("1、您的姓名：,2、您的手机号码是？\n林小雨,13800138000\n"), &[], 0, &[], ONE, &[(1, 1)]),
        case(
            Csv("车牌号,被保险人,手机号,业务员\n京A1,林小雨,13800138000,周大海\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("养殖的,手机号,填写:亩数\n林小雨,13800138000,3\n张伟,13800138001,4\n"),
            &[],
            3,
            &["signer.unclear"],
            NOBODY,
            &[],
        ),
        case(
            Csv("养殖的,手机号,填写:亩数\n林小雨,13800138000,3\n张伟,13800138001,4\n"),
            &["--map", "养殖的=approver.name"],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv("学生姓名,家长姓名,手机号,身份证号\n林小雨,周大海,13800138001,11010519491231002X\n"),
            &[],
            3,
            &["signer.unclear"],
            &[],
            &[],
        ),
        case(
            Csv("姓名,正确姓名,手机号\n林小雨,林小宇,13800138000\n"),
            &[],
            3,
            &["column.beside"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv(
                "姓名,手机号,新身份证号,身份证号\n林小雨,13800138000,11010519491231002X,11010519491231002X\n",
            ),
            &[],
            3,
            &["column.beside"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,签署手机号\n林小雨,13800138000,13800138001\n"),
            &[],
            3,
            &["signer.unclear"],
            ONE,
            &[(1, 1)],
        ),
        case(Csv("合同编号,姓名,手机号,抄送人\nA1,林小雨,13800138000,周大海\n"), &[], 0, &[], ONE, &[(1, 1)]),
        case(
            Csv(
                "甲方姓名,甲方手机,乙方姓名,乙方手机,丙方姓名,丙方手机\n林小雨,13800138000,周大海,13800138001,无,无\n",
            ),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
    ]);
}

#[test]
fn how_many_contracts_there_are_is_asked() {
    hold(&[
        case(
            Csv("关系,姓名,手机号\n本人,林小雨,13800138000\n配偶,周大海,13800138001\n"),
            &[],
            3,
            &["rows.roles"],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv("与学生关系,姓名,手机号\n父亲,林小雨,13800138000\n母亲,周大海,13800138001\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv("房号,姓名,手机号\n101,林小雨,13800138000\n102,周大海,13800138001\n101,张伟,13800138002\n"),
            &[],
            3,
            &["column.key"],
            ONE,
            &[(1, 3)],
        ),
        case(
            Csv(
                "门店,房号,姓名,手机号\n东,101,林小雨,13800138000\n东,102,周大海,13800138001\n西,101,张伟,13800138002\n",
            ),
            &[],
            0,
            &[],
            ONE,
            &[(1, 3)],
        ),
        case(
            Csv("流程编号,姓名,手机号\nA1,林小雨,13800138000\nA1,周大海,13800138001\n"),
            &[],
            3,
            &["column.key"],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv("合同编号,姓名,手机号\nA1,林小雨,13800138000\n,周大海,13800138001\n"),
            &[],
            3,
            &["key.missing"],
            TWO,
            &[],
        ),
        case(
            Csv("合同编号,姓名,手机号\nA1,林小雨,13800138000\n,周大海,13800138001\n"),
            &["--key", "合同编号"],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
    ]);
}

#[test]
fn rows_that_are_none_and_rows_that_only_look_so() {
    hold(&[
        // A formula that has found nothing.
        case(
            Csv("姓名,手机号,部门\n林小雨,13800138000,技术\n#N/A,#N/A,技术\n张伟,13800138002,技术\n"),
            &[],
            3,
            &["cell.formula_error", "sheet.approvers_missing"],
            ONE,
            &[(1, 2)],
        ),
        case(
            Csv("合同编号,姓名,手机号,填写:月薪\nA1,林小雨,13800138000,8000\nA1,合计,,16000\n"),
            &[],
            3,
            &["rows.doubtful"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("合同编号,姓名,手机号\nA1,林小雨,13800138000\n备注,,13800138003/13800138004\n"),
            &[],
            3,
            &["rows.doubtful"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("合同编号,姓名,手机号,填写:月薪\nA1,林小雨,13800138000,8000\n0,0,0,0\n0,0,0,0\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,填写:月薪\n1,2,3\n林小雨,13800138000,8000\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号\n林小雨,13800138000\n编制：张三,审核：李四\n"),
            &[],
            0,
            &["rows.left_out"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号\n林小雨,13800138000\n请于2026年12月5日前签完,\n"),
            &[],
            3,
            &["rows.left_out", "sheet.deadline_above"],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn what_a_remark_a_state_or_another_deadline_says() {
    hold(&[
        case(
            Csv("姓名,手机号,备注\n林小雨,13800138000,手机号换成13987654321了\n"),
            &[],
            3,
            &["column.send"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,备注\n林小雨,13800138000,备用电话13987654321\n"),
            &[],
            0,
            &["column.not_used"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,备注\n林小雨,13800138000,由其妻代签\n"),
            &[],
            3,
            &["column.send"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,在职状态\n林小雨,13800138000,在职\n周大海,13800138001,离职\n"),
            &["--where", "在职状态=在职"],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,签署链接有效期\n林小雨,13800138000,2099-12-31\n"),
            &[],
            3,
            &["column.nearly"],
            ONE,
            &[(1, 1)],
        ),
        case(Csv("姓名,手机号,签约到期日\n林小雨,13800138000,2099-12-31\n"), &[], 0, &[], ONE, &[(1, 1)]),
        case(
            Csv("姓名,手机号,租期,截止日期\n林小雨,13800138000,一年,2099-12-31\n"),
            &[],
            0,
            &["column.term"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv("姓名,手机号,有效期,截止日期\n林小雨,13800138000,一年,2099-12-31\n"),
            &[],
            0,
            &["column.term"],
            ONE,
            &[(1, 1)],
        ),
    ]);
}

#[test]
fn a_remembered_sheet_that_is_not_there_any_more_asks() {
    const ROWS: &[&[&str]] = &[&["姓名", "手机号"], &["林小雨", "13800138000"]];
    const MORE: &[&[&str]] = &[&["姓名", "手机号"], &["周大海", "13800138001"]];
    let (session, name) = crate::meaning::session(&Sheets(&[("一部", ROWS), ("二部", MORE), ("三部", MORE)]));
    let check = ["check", name, "--config", "config.toml"];
    let chosen = ["--sheet", "一部", "--sheet", "二部", "--remember"];
    session.run(check.iter().chain(&chosen)).exit(0);
    session.run(check).exit(0).says("2 contracts");
    let (other, _) = crate::meaning::session(&Sheets(&[("一部", ROWS), ("四部", MORE), ("三部", MORE)]));
    std::fs::copy(other.path(name), session.path(name)).unwrap();
    session.run(check).exit(3).says("--sheet 一部");
}

/// Two quotes too many make one cell of all between them, with a whole line of the file in it.
#[test]
fn a_line_of_the_file_within_a_cell_is_no_value() {
    let lines = "合同编号,姓名,手机号,地址\nA1,林小雨,13800138000,\"北京\nA2,周大海,13800138001,\"上海\n";
    let (session, name) = crate::meaning::session(&Csv(lines));
    let check = ["check", name, "--config", "config.toml"];
    session.run(check).exit(3).says("quotes of row 2 do not pair");
    let address = "合同编号,姓名,手机号,地址\nA1,林小雨,13800138000,\"北京,海淀\n1号,2室\"\n";
    std::fs::write(session.path(name), address).unwrap();
    session.run(check).exit(0);
}

/// Found by a second look at the same day's work.
#[test]
fn a_party_by_its_other_word_and_an_address_book() {
    const LIST: &[&[&str]] =
        &[&["姓名", "手机号", "身份证号"], &["林小雨", "13800138000", "11010519491231002X"]];
    const BOOK: &[&[&str]] = &[&["联系人", "电话"], &["周大海", "13800138001"]];
    const TENANT: &str = "业主,业主电话,租客(乙方),租客电话\n周大海,13800138001,林小雨,13800138000\n";
    hold(&[
        case(
            Csv("甲方（机构）,机构电话,乙方（学员）,学员电话\n周大海,13800138001,林小雨,13800138000\n"),
            &[],
            3,
            &["column.signer"],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv(
                "甲方(雇主)姓名,甲方(雇主)手机号,乙方(员工)姓名,乙方(员工)手机号\n林小雨,13800138000,周大海,13800138001\n",
            ),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv("甲方（供应商）,甲方电话,乙方（采购方）,乙方电话\n林小雨,13800138000,周大海,13800138001\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv("甲方姓名,甲方手机,乙方姓名,乙方手机,邮箱\n林小雨,13800138000,周大海,13800138001,a@b.cn\n"),
            &[],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv(TENANT),
            &["--map", "业主=approver2.name", "--map", "业主电话=approver2.mobile"],
            0,
            &[],
            TWO,
            &[(2, 1)],
        ),
        case(
            Csv("甲方姓名,甲方手机,乙方姓名,乙方手机\n林小雨,13800138000,无,无\n"),
            &[],
            3,
            &["cell.placeholder"],
            NOBODY,
            &[],
        ),
        case(
            Csv("姓名,手机号,身份证有效期,截止日期\n林小雨,13800138000,长期,2099-12-31\n"),
            &[],
            0,
            &[],
            ONE,
            &[(1, 1)],
        ),
        case(
            Csv(
                "投保人姓名,投保人手机号,被保险人姓名,与投保人关系\n林小雨,13800138000,周大海,本人\n张伟,13800138001,李娜,子女\n",
            ),
            &[],
            0,
            &[],
            ONE,
            &[(1, 2)],
        ),
        case(Sheets(&[("名单", LIST), ("通讯录", BOOK)]), &[], 0, &[], ONE, &[(1, 1)]),
    ]);
}
