"""Attendance files of layouts that nobody described, as other tools and hands write them.

Each is about Salma Haddad, Omar Ali and Leila Ben Youssef on 8 February 2022, from nine in
Tripoli: Salma left for ten minutes and came back, where the layout can say so.
"""

MEET = (
    "First name,Last name,Email,Duration,Time joined,Time exited\r\n"
    "Salma,Haddad,salma@ministry.example,1 hr 20 min,9:01 AM,10:31 AM\r\n"
    "Omar,Ali,,40 min,9:05 AM,9:45 AM\r\n"
    "Leila,Ben Youssef,leila@ministry.example,1 hr 28 min,9:02 AM,10:30 AM\r\n"
)
WEBEX = (
    "Meeting Name\tMeeting Start Time\tMeeting End Time\tDisplay Name\tFirst Name\tLast Name\t"
    "Role\tAttendee Email\tJoin Time\tLeave Time\tAttendance Duration\tConnection Type\r\n"
    '="Focal points"\t2022-02-08 08:55:00\t2022-02-08 10:40:00\t="Salma Haddad"\tSalma\tHaddad\t'
    "Host\tsalma@ministry.example\t2022-02-08 09:01:00\t2022-02-08 10:31:00\t90 mins\tDesktop\r\n"
    '="Focal points"\t2022-02-08 08:55:00\t2022-02-08 10:40:00\t="Omar Ali"\tOmar\tAli\t'
    "Attendee\tomar@ministry.example\t2022-02-08 09:05:00\t2022-02-08 09:45:00\t40 mins\tMobile\r\n"
    '="Focal points"\t2022-02-08 08:55:00\t2022-02-08 10:40:00\t="Leila Ben Youssef"\tLeila\t'
    "Ben Youssef\tAttendee\tleila@ministry.example\t2022-02-08 09:02:00\t2022-02-08 10:30:00\t"
    "88 mins\tDesktop\r\n"
)
BIG_BLUE_BUTTON = (
    '"Name","Moderator","Activity Score","Talk Time","Webcam Time","Messages","Join","Left",'
    '"Duration"\r\n'
    '"Salma Haddad","TRUE","8","00:05:12","00:00:00","4","2/8/2022, 9:01:00 AM",'
    '"2/8/2022, 10:31:00 AM","01:30:00"\r\n'
    '"Omar Ali","FALSE","2","00:00:00","00:10:00","0","2/8/2022, 9:05:00 AM",'
    '"2/8/2022, 9:45:00 AM","00:40:00"\r\n'
    '"Leila Ben Youssef","FALSE","3","00:01:00","00:00:00","2","2/8/2022, 9:02:00 AM",'
    '"2/8/2022, 10:30:00 AM","01:28:00"\r\n'
)
# A log has a row for each event, in the order of the newest first.
MOODLE = (
    "Time,User full name,Affected user,Event context,Component,Event name,Description,Origin,"
    "IP address\r\n"
    '"8 February 2022, 10:31 AM",Salma Haddad,-,BigBlueButton: Call,BigBlueButton,Meeting left,'
    "The user left,web,192.0.2.1\r\n"
    '"8 February 2022, 9:45 AM",Omar Ali,-,BigBlueButton: Call,BigBlueButton,Meeting left,'
    "The user left,web,192.0.2.2\r\n"
    '"8 February 2022, 9:05 AM",Omar Ali,-,BigBlueButton: Call,BigBlueButton,Meeting joined,'
    "The user joined,web,192.0.2.2\r\n"
    '"8 February 2022, 9:01 AM",Salma Haddad,-,BigBlueButton: Call,BigBlueButton,Meeting joined,'
    "The user joined,web,192.0.2.1\r\n"
)
FRENCH_SHEET = (
    "Atelier d’introduction;;;\r\n"
    "Liste établie par le secrétariat;;;\r\n"
    ";;;\r\n"
    "N°;Nom et prénom;Structure;Arrivée;Départ\r\n"
    "1;HADDAD Salma;Ministère du Plan;08/02/2022 09h01;08/02/2022 10h31\r\n"
    "2;ALI Omar;Ministère du Plan;08/02/2022 09h05;08/02/2022 09h45\r\n"
    "3;BEN YOUSSEF Leila;Université de Tripoli;08/02/2022 09h02;08/02/2022 10h30\r\n"
)
ARABIC_SHEET = (
    "م,الاسم الكامل,الجهة,البريد الإلكتروني,التاريخ,وقت الدخول,وقت الخروج\r\n"
    "١,سلمى حداد,وزارة التخطيط,salma@ministry.example,٢٠٢٢/٠٢/٠٨,٩:٠١ ص,١٠:٣١ ص\r\n"
    "٢,عمر علي,وزارة التخطيط,,٢٠٢٢/٠٢/٠٨,٩:٠٥ ص,٩:٤٥ ص\r\n"
    "٣,ليلى بن يوسف,جامعة طرابلس,leila@ministry.example,٢٠٢٢/٠٢/٠٨,٩:٠٢ ص,١٠:٣٠ ص\r\n"
)
ONLY_MINUTES = "Nom;Minutes\r\nSalma Haddad;80\r\nOmar Ali;40\r\nLeila Ben Youssef;88\r\n"
ONLY_MINUTES_ARABIC = (
    "الاسم\tالمدة\r\nسلمى حداد\t1 ساعة 20 دقيقة\r\nعمر علي\t40 دقيقة\r\nليلى بن يوسف\t"
    "1 ساعة 28 دقيقة\r\n"
)
WITHOUT_HEAD = "Salma Haddad,9:01,10:31\r\nOmar Ali,9:05,9:45\r\nLeila Ben Youssef,9:02,10:30\r\n"
GERMAN_SHEET = (
    "Teilnehmer;Beitritt;Verlassen;Dauer\r\n"
    "Salma Haddad;08.02.2022 09:01;08.02.2022 10:31;1 Std. 30 Min.\r\n"
    "Omar Ali;08.02.2022 09:05;08.02.2022 09:45;40 Min.\r\n"
)
# Text, then a column with notes that look like names too.
WITH_NOTES = (
    "Participant | Chair of | Left the call | Entered the call | Messages\r\n"
    "Salma Haddad | Session One | 2022-02-08T10:31:00+02:00 | 2022-02-08T09:01:00+02:00 | 12\r\n"
    "Omar Ali | Session One | 2022-02-08T09:45:00+02:00 | 2022-02-08T09:05:00+02:00 | 3\r\n"
)
IN_SECONDS = (
    "user_name,user_email,total_seconds\r\nSalma Haddad,salma@ministry.example,4800\r\n"
    "Omar Ali,,2400\r\n"
)
