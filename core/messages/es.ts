import type { Catalogue } from './en';

export const es: Catalogue = {
  'amount.open': 'un importe a su elección',
  'amount.choose': 'Usted elige el importe',
  'amount.remaining': 'Importe pendiente',
  'amount.paid_of': 'Se han pagado {paid} de {total}.',
  'amount.label': 'Importe que va a pagar ahora',
  'amount.between': 'De {min} a {max}.',
  'amount.at_least': '{min} o más.',
  'amount.up_to': 'Hasta {max}.',
  'amount.like': 'En {currency}, por ejemplo {sample}.',
  'amount.error': 'Introduzca un importe, por ejemplo {sample}.',
  'amount.error_min': 'Introduzca {min} o más.',
  'amount.error_max': 'Introduzca {max} o menos.',
  'amount.check': 'Compruebe el importe que va a pagar, encima de la tarjeta.',

  'sms.payment_request': '{merchant}: pago de {amount} antes del {deadline}: {url}',
  'sms.closed_request': '{merchant}: solicitud de pago, antes del {deadline}: {url}',
  'sms.payment_reminder': '{merchant} le recuerda: {amount} antes del {deadline}: {url}',
  'sms.closed_reminder': '{merchant} le recuerda un pago, antes del {deadline}: {url}',
  'sms.passcode': '{code} es su código para la solicitud de pago de {merchant}. No se lo diga a nadie.',
  'mail.subject': 'Solicitud de pago de {merchant}: {amount}',
  'mail.reminder_subject': 'Recordatorio: {subject}',
  'mail.preview': '{merchant} le pide que pague {amount}.',
  'mail.greeting': 'Hola, {name}:',
  'mail.greeting_plain': 'Hola:',
  'mail.body': '{merchant} le pide que pague {amount}.',
  'mail.for': 'Concepto',
  'mail.reference': 'Referencia',
  'mail.pay_by': 'Pagar antes del',
  'mail.button': 'Revisar y pagar',
  'mail.phrase': 'La página muestra estas dos palabras, para que sepa que es la nuestra: {phrase}.',
  'mail.ignore': '¿No esperaba este mensaje? No pague y hable con {merchant}: {contact}.',
  'mail.unsubscribe': 'Dejar de recibir recordatorios por correo electrónico',
  'mail.closed_subject': 'Solicitud de pago de {merchant}',
  'mail.closed_body':
    '{merchant} le pide un pago. El concepto se muestra en cuanto responda a una pregunta en la página.',
  'mail.passcode_subject': 'Su código para la solicitud de pago de {merchant}',
  'mail.passcode_body':
    'Introduzca este código en la página de la solicitud de pago de {merchant}. Es válido durante 10 minutos. Solo sirve el código más reciente.',
  'mail.passcode_ignore': 'No diga este código a nadie. ¿No lo ha pedido? Hable con {merchant}: {contact}.',

  'page.title': 'Solicitud de pago',
  'page.for': 'Concepto',
  'page.reference': 'Referencia',
  'page.pay_by': 'Pagar antes del {deadline}',
  'page.days_left': '{count, plural, one {queda # día} other {quedan # días}}',
  'page.hours_left': '{count, plural, one {queda # hora} other {quedan # horas}}',
  'page.minutes_left':
    '{count, plural, =0 {queda menos de un minuto} one {queda # minuto} other {quedan # minutos}}',
  'page.phrase': 'Palabras de comprobación',
  'page.phrase_help': 'Si alguien de {merchant} le ha pedido el pago, puede leerle estas dos palabras.',
  'page.card_title': 'Datos de la tarjeta',
  'page.frame_title': 'Datos de la tarjeta, formulario seguro',
  'page.pay': 'Pagar {amount}',
  'page.secure': 'Los datos de su tarjeta van directamente al servicio de pago. {merchant} no los ve nunca.',
  'page.who': '¿Quién pide este pago?',
  'page.who_body': 'Esta solicitud es de {merchant}. ¿Tiene preguntas? Contacto: {contact}.',
  'page.language': 'Idioma',
  'page.accessible': 'Accesibilidad',
  'page.accessible_body':
    'Esta página está hecha para cumplir las WCAG 2.2, nivel AA: funciona con el teclado, con un lector de pantalla, ampliada, en modo claro y oscuro. Si algo se lo impide, {merchant} puede ayudarle: {contact}.',
  'page.script_off':
    'El pago con tarjeta necesita JavaScript. Actívelo para este sitio o hable con {merchant} para pagar de otra forma.',
  'page.test_mode': 'Modo de prueba: no se mueve dinero real.',
  'page.grace': 'Un pago que empiece ahora puede terminar después del plazo.',
  'page.grace_until':
    'El plazo ha terminado. Un pago empezado a tiempo todavía puede completarse hasta las {time}.',
  'page.nothing_charged': 'No se ha cobrado nada.',
  'page.frame_slow':
    'El formulario seguro no se ha cargado. Compruebe su conexión y vuelva a cargar esta página.',
  'page.in_app':
    'Esta página está abierta dentro de una aplicación. Si algo no funciona aquí, ábrala en su navegador.',
  'page.open_browser': 'Abrir en mi navegador',
  'page.copy': 'Copiar la dirección',
  'page.copied': 'Copiada',
  'page.on_phone': 'Pagar con el teléfono',
  'page.on_phone_body':
    'Apunte a este código con la cámara de su teléfono. Esta página muestra el resultado por sí sola.',
  'page.qr': 'Código que abre esta página en un teléfono',
  'page.calendar': 'Añadir al calendario',
  'page.calendar_event': 'Solicitud de pago de {merchant}',
  'page.offline':
    'No tiene conexión. No se pierde nada: esta página sigue por sí sola en cuanto vuelva la conexión.',
  'page.problem':
    'No se puede acceder al servicio de pago. No se ha cobrado nada. Compruebe su conexión e inténtelo de nuevo.',

  'state.paid.title': 'Pagado',
  'state.paid.lead': 'Gracias. {merchant} ha recibido {amount}.',
  'state.paid.parts': 'Pagado en partes',
  'state.paid.so_far': 'Pagado hasta ahora',
  'state.paid.given_back': 'Reembolsado',
  'state.paid.refunded_title': 'Reembolsado',
  'state.paid.refunded_lead':
    '{merchant} ha reembolsado {amount}. Su banco puede tardar unos días en mostrarlo.',
  'state.paid.date': 'Fecha de pago',
  'state.paid.card': 'Tarjeta',
  'state.paid.card_value': '{brand} terminada en {last4}',
  'state.paid.number': 'Número de recibo',
  'state.paid.keep': 'Esta página es su recibo. Guarde el enlace: vuelve a abrir el recibo.',
  'state.paid.print': 'Imprimir',
  'state.processing.title': 'Se está pagando ahora mismo',
  'state.processing.lead':
    'Alguien está pagando esta solicitud en este momento, quizá usted en otra pestaña o en otro dispositivo. No pague otra vez. Esta página muestra el resultado por sí sola.',
  'state.processing.telephone':
    '{merchant} está tomando este pago por teléfono en este momento. No pague otra vez. Esta página muestra el resultado por sí sola.',
  'state.confirming.title': 'Estamos confirmando su pago',
  'state.confirming.lead':
    'Estamos confirmando su pago con el banco. No pague otra vez. Esta página muestra el resultado por sí sola; también puede cerrarla y abrir su enlace más tarde.',
  'state.challenge.title': 'Su banco le pregunta',
  'state.challenge.lead':
    'La verificación del banco para este pago sigue abierta. Termínela en la ventana donde empezó o continúela aquí. Esta página muestra por sí sola cómo ha acabado. Mientras tanto, no pague otra vez.',
  'challenge.continue': 'Ir a la verificación del banco',
  'challenge.stop_hint':
    '¿No puede terminar la verificación? Deténgala: no se cobra nada por ella y puede pagar aquí.',
  'challenge.stop': 'Detener y pagar de nuevo',
  'state.verification.title': 'Primero, demuestre que es usted',
  'state.verification.lead':
    '{merchant} ha enviado esta solicitud a una sola persona. Los detalles se muestran en cuanto responda.',
  'verify.postcode': 'Su código postal',
  'verify.postcode_hint': 'El que {merchant} tiene registrado.',
  'verify.phone_ending': 'Las últimas {count} cifras de su número de teléfono',
  'verify.phone_ending_hint': 'Del número que {merchant} tiene registrado.',
  'verify.reference': 'La referencia del pago',
  'verify.reference_phone_ending': 'Las últimas {count} cifras del número de teléfono del cliente',
  'verify.reference_phone_ending_hint':
    '¿Alguien le ha pedido que pague en su nombre? Puede darle ambos datos, o {merchant} puede dárselos a esa persona.',
  'verify.passcode': 'Su código',
  'verify.passcode_sent':
    'Enviamos un código de {count} cifras a: {to}. Puede tardar un minuto y es válido durante 10 minutos. Solo sirve el código más reciente.',
  'verify.passcode_offer': 'Puede recibir un código en: {to}.',
  'verify.send': 'Enviar el código',
  'verify.send_again': 'Enviar otro código',
  'verify.none_left': 'No se pueden enviar más códigos. {merchant} puede ayudarle: {contact}.',
  'verify.too_soon': 'Se acaba de enviar un código. Espere medio minuto antes de pedir otro.',
  'verify.button': 'Continuar',
  'verify.wait': 'Un momento…',
  'verify.empty': 'Introduzca su respuesta.',
  'verify.over': 'Este código ya no es válido. Pida que le envíen otro.',
  'verify.problem': 'Su respuesta no nos ha llegado. Compruebe su conexión e inténtelo de nuevo.',
  'verify.wrong':
    'La respuesta no es correcta. {count, plural, one {Queda # intento} other {Quedan # intentos}}.',
  'state.expired.title': 'Esta solicitud ha caducado',
  'state.expired.lead': 'El plazo para pagarla terminó: {deadline}.',
  'state.canceled.title': 'Esta solicitud se ha cancelado',
  'state.canceled.lead': '{merchant} la ha cancelado. No tiene que pagar. ¿Tiene preguntas? {contact}',
  'state.authorized.title': 'Su pago está reservado',
  'state.authorized.lead':
    'Su banco ha reservado {amount} para {merchant}, que lo cobrará. No tiene que hacer nada. No pague otra vez.',
  'state.authorized.canceled':
    '{merchant} ha cancelado la solicitud. El importe que su banco ha reservado se está liberando. No tiene que hacer nada.',
  'state.replaced.title': 'Hay un enlace más reciente',
  'state.replaced.lead':
    'Este enlace se ha sustituido. Use el mensaje más reciente de {merchant}. ¿No lo encuentra? {contact}',
  'state.locked.title': 'En pausa por su seguridad',
  'state.locked.lead':
    'Ha habido demasiados intentos con este enlace. {merchant} puede volver a abrirlo para usted: {contact}.',
  'state.replaced.sent':
    'Este enlace se ha sustituido. El nuevo se envía a: {to}. ¿No lo encuentra? {contact}',
  'details.offer': 'Cuando continúe, los detalles de este pago se pedirán a {merchant}.',
  'details.button': 'Continuar',
  'details.under_way': 'Se están pidiendo los detalles a {merchant}…',
  'details.failed':
    'No se han podido obtener los detalles de {merchant}. El importe es correcto y puede pagarlo aquí.',
  'details.failed_open': 'No se han podido obtener los detalles de {merchant}. Aun así, puede pagar aquí.',
  'ask.offer': 'Puede recibir un enlace nuevo en: {to}.',
  'ask.offer_approval': '{merchant} puede enviarle un enlace nuevo a: {to}.',
  'ask.button': 'Pedir un enlace nuevo',
  'ask.pending': 'Ha pedido un enlace nuevo. En cuanto {merchant} lo acepte, se enviará a: {to}.',
  'ask.contact': 'Pida un enlace nuevo a {merchant}: {contact}.',
  'ask.phone': 'el número de teléfono terminado en {digits}',
  'ask.phone_on_file': 'el número de teléfono registrado',
  'ask.email': 'la dirección de correo {address}',
  'state.invalid.title': 'Este enlace no es válido',
  'state.invalid.lead':
    'Compruebe que ha copiado toda la dirección de su mensaje. Si es así, pida una nueva a la empresa que lo envió.',
  'state.throttled.title': 'Inténtelo más tarde, por favor',
  'state.throttled.lead':
    'Se han abierto demasiados enlaces no válidos desde su red. Espere un minuto y vuelva a abrir su enlace.',
  'state.unavailable.title': 'Inténtelo de nuevo en un momento, por favor',
  'state.unavailable.lead':
    'Ahora mismo no podemos mostrar esta solicitud. Si acaba de pagar, no pague otra vez: esta página vuelve a mirar por sí sola y muestra lo que ha ocurrido.',

  'unsubscribe.ask': '¿Dejar de recibir recordatorios?',
  'unsubscribe.ask_lead': '{merchant} envía a {address} recordatorios de solicitudes de pago pendientes.',
  'unsubscribe.stop': 'Detener los recordatorios',
  'unsubscribe.stopped': 'Los recordatorios se han detenido',
  'unsubscribe.stopped_lead':
    '{merchant} ya no envía recordatorios a {address}. Lo que se le ha pedido pagar sigue igual, y una solicitud nueva todavía puede llegar por correo electrónico.',
  'unsubscribe.again': '¿Ha cambiado de idea? Volver a recibir recordatorios',
  'check.title': 'Comprobar una solicitud de pago',
  'check.lead': '¿Le han pedido un pago y tiene dudas? Compruebe si la solicitud se ha hecho aquí.',
  'check.reference': 'Referencia',
  'check.reference_hint': 'Tal como figura en la solicitud, por ejemplo A2041.',
  'check.phone': 'Las últimas {count} cifras de su número de teléfono',
  'check.phone_hint': 'Del número que la empresa tiene registrado.',
  'check.button': 'Comprobar',
  'check.empty': 'Introduzca la referencia y las últimas {count} cifras de su número de teléfono.',
  'check.genuine': 'Esta solicitud es auténtica',
  'check.genuine_lead':
    'Se ha hecho aquí, para un número de teléfono que termina como el suyo. Pague solo en una página cuya dirección empiece por {address}',
  'check.unknown': 'Aquí no se ha hecho ninguna solicitud así',
  'check.unknown_lead':
    'Compruebe lo que ha introducido. Si es correcto, no pague. Pregunte a la empresa en un número que ya conozca.',
  'check.again': 'Comprobar otra solicitud',
  'check.throttled': 'Se han comprobado demasiadas solicitudes. Espere un poco e inténtelo de nuevo.',
  'check.unavailable':
    'Ahora mismo no podemos comprobarlo. Inténtelo de nuevo en un momento y no pague antes.',

  'frame.number': 'Número de tarjeta',
  'frame.name': 'Nombre en la tarjeta',
  'frame.expiry': 'Fecha de caducidad',
  'frame.expiry_hint': 'MM / AA',
  'frame.csc': 'Código CVV',
  'frame.csc_help': '3 cifras en el reverso de la tarjeta',
  'frame.csc_help_amex': '4 cifras en el anverso de la tarjeta',
  'frame.pay': 'Pagar',
  'frame.paying': 'Pagando…',
  'frame.checking': 'Su banco quiere comprobar que es usted.',
  'frame.challenge_title': 'Verificación del banco',
  'frame.challenge_whole': '¿No se ve nada? Abrir la verificación en toda la ventana.',
  'frame.done': 'Listo',
  'frame.error.number': 'Introduzca el número de tarjeta completo.',
  'frame.error.number_wrong': 'Este número de tarjeta no es correcto. Compruebe las cifras.',
  'frame.error.name': 'Introduzca el nombre que figura en la tarjeta.',
  'frame.error.expiry': 'Introduzca el mes y el año en que caduca la tarjeta.',
  'frame.error.expired': 'Esta tarjeta ha caducado. Use otra tarjeta.',
  'frame.error.csc': 'Introduzca el código CVV.',
  'frame.error.summary': 'Corrija los campos marcados, por favor.',
  'frame.not_embedded': 'Este formulario solo funciona dentro de una página de pago.',

  'result.declined':
    'La tarjeta ha sido rechazada. No se ha cobrado nada. Compruebe los datos, use otra tarjeta o pregunte a su banco.',
  'result.challenge_failed':
    'Su banco no ha confirmado que era usted. No se ha cobrado nada. Inténtelo de nuevo o use otra tarjeta.',
  'result.failed': 'No se ha podido hacer el pago. No se ha cobrado nada. Inténtelo de nuevo, por favor.',
  'result.superseded': 'Este pago se ha empezado de nuevo en otro lugar. Aquí no se ha cobrado nada.',
  'result.taken_over':
    'La verificación del banco se ha detenido desde otra ventana. Aquí no se ha cobrado nada.',
  'result.being_paid': 'Esta solicitud se está pagando ahora mismo en otro lugar. No pague otra vez.',
  'result.too_soon': 'Espere unos segundos e inténtelo de nuevo, por favor.',
  'result.try_later':
    'Ahora mismo no se pueden hacer pagos. No se ha cobrado nada. Inténtelo más tarde o hable con {merchant}.',
  'result.too_many_attempts': 'Ha habido demasiados intentos. Hable con {merchant} para continuar.',
  'result.too_many_cards':
    'Se han probado demasiadas tarjetas distintas. Hable con {merchant} para continuar.',
  'result.confirming': 'Estamos confirmando su pago. No pague otra vez.',
  'result.unavailable':
    'No se puede acceder al servicio de pago. No se ha cobrado nada. Inténtelo de nuevo en un minuto.',
};
